package community.cloudy.agent.api;

import community.cloudy.auth.Person;
import community.cloudy.auth.Secret;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Who calls.
 *
 * @param person who that is, if they proved it
 * @param address where they are; empty for the unix socket
 * @param session what their session is known by, if it is a session that proved it
 */
record Caller(Optional<Person> person, Optional<InetAddress> address, Optional<Secret> session) {
  boolean viaSocket() {
    return address.isEmpty();
  }

  /** Returns where they are, for the audit log. */
  String from() {
    return address.map(InetAddress::getHostAddress).orElse("socket");
  }

  /** Returns who they are in files that people read: one word of visible ASCII. */
  String signature() {
    String login = person.map(Person::login).orElse("");
    return login.isEmpty() ? "unknown" : login.replaceAll("[^!-~]", "_");
  }

  /** Returns who calls a route that nobody unknown may call. */
  Person known() {
    return person.orElseThrow();
  }
}
