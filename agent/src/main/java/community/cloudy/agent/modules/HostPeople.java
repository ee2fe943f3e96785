package community.cloudy.agent.modules;

import community.cloudy.auth.LdapConfig;
import community.cloudy.auth.LdapUrl;
import community.cloudy.auth.LoginResult;
import community.cloudy.auth.Person;
import community.cloudy.auth.Secret;
import community.cloudy.auth.UserMatch;
import community.cloudy.services.spi.People;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Lets modules ask the node's own login; their groups are the directory's, and the word for their
 * role.
 */
record HostPeople(community.cloudy.agent.people.People people, Optional<LdapConfig> ldap)
    implements People {
  /** Services know no search, so the entry is taken to lie right below the base. */
  @Override
  public Optional<Directory> directory() {
    return ldap.map(
        config -> {
          LdapUrl server = config.servers().get(0);
          Directory.Security security =
              server.tls()
                  ? Directory.Security.TLS
                  : config.security().startTls()
                      ? Directory.Security.STARTTLS
                      : Directory.Security.PLAIN;
          String entry =
              config.users() instanceof UserMatch.ByDn direct
                  ? direct.pattern()
                  : config.users().attribute() + "={user}," + config.base();
          return new Directory(server.host() + ":" + server.port(), security, entry);
        });
  }

  @Override
  public Login login(String name, String password, String from) {
    LoginResult result = people.login().attempt(name, Secret.of(password), address(from));
    if (result instanceof LoginResult.Accepted accepted) {
      Person person = accepted.person();
      Set<String> groups = new HashSet<>(accepted.units());
      groups.add(person.role().word());
      return new Known(person.login(), groups, person.means() == Person.Means.LDAP_OFFLINE);
    } else if (result instanceof LoginResult.Throttled throttled) {
      return new Unavailable("too many wrong passwords, again in " + throttled.delay());
    } else if (result instanceof LoginResult.Unavailable unavailable) {
      return new Unavailable(unavailable.reason());
    }
    return new Refused();
  }

  /** A name is not resolved. */
  private static Optional<InetAddress> address(String from) {
    try {
      return from.matches("[0-9A-Fa-f:.]{2,45}")
          ? Optional.of(InetAddress.getByName(from))
          : Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
