package community.cloudy.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.auth.LdapConfig;
import community.cloudy.auth.LdapUrl;
import community.cloudy.auth.Role;
import community.cloudy.auth.Secret;
import community.cloudy.auth.UserMatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The section {@code auth}. */
final class AuthConfigTest {
  @TempDir private Path folder;

  private AuthConfig load(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("cloudy.yaml"), yaml);
    return new ConfigFiles(Optional.of(file), List.of()).load().auth();
  }

  private List<String> problems(String yaml) throws IOException {
    try {
      load(yaml);
      return List.of();
    } catch (ConfigException e) {
      return e.problems().stream()
          .map(problem -> problem.toString().replace(folder + "/", ""))
          .toList();
    }
  }

  @Test
  void mapsEveryKey() throws IOException {
    Files.writeString(folder.resolve("pw"), "planted-canary\n");
    AuthConfig config =
        load(
            """
            auth:
              ldap:
                servers: [ldaps://a.example.org, "ldap://b.example.org:1389"]
                base: dc=example,dc=org
                user_filter: (mail={user})
                bind_dn: cn=reader,dc=example,dc=org
                bind_password_file: %1$s/pw
                start_tls: true
                allow_plain: true
                ca_file: %1$s/ca.pem
                group_base: ou=groups,dc=example,dc=org
                offline_days: 3
              roles: {admin: ["cn=ops,dc=example,dc=org"], operator: [], viewer: []}
              sessions: {idle: 5m, absolute: 1h}
              offline_may_change: false
            """
                .formatted(folder));

    assertThat(config.ldap())
        .contains(
            new LdapConfig(
                List.of(
                    new LdapUrl(true, "a.example.org", 636),
                    new LdapUrl(false, "b.example.org", 1389)),
                "dc=example,dc=org",
                new UserMatch.ByFilter("(mail={user})"),
                Optional.of(
                    new LdapConfig.Account(
                        "cn=reader,dc=example,dc=org", Secret.of("planted-canary"))),
                new LdapConfig.Security(true, true, Optional.of(folder.resolve("ca.pem"))),
                Optional.of("ou=groups,dc=example,dc=org"),
                LdapConfig.Limits.DEFAULT,
                3));
    assertThat(config.bindPasswordFile()).contains(folder.resolve("pw"));
    assertThat(config.roles().groups())
        .containsEntry(Role.ADMIN, Set.of("cn=ops,dc=example,dc=org"))
        .containsEntry(Role.VIEWER, Set.of());
    assertThat(config.sessions().idle()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.sessions().absolute()).isEqualTo(Duration.ofHours(1));
    assertThat(config.offlineMayChange()).isFalse();
    assertThat(config.toString()).doesNotContain("planted-canary");
  }

  @Test
  void takesTheDnOfPeopleInsteadOfAFilter() throws IOException {
    assertThat(
            load("auth: {ldap: {servers: [ldaps://a], base: dc=x, user_dn: 'uid={user},dc=x'}}\n")
                .ldap()
                .orElseThrow()
                .users())
        .isEqualTo(new UserMatch.ByDn("uid={user},dc=x"));
  }

  @Test
  void leavesTheDirectoryOutWhereNoneIsNamed() throws IOException {
    assertThat(load("auth: {ldap: {servers: [], base: , bind_dn: }}\n").ldap()).isEmpty();
  }

  @Test
  void reportsEveryProblemAtOnceWithItsPlace() throws IOException {
    assertThat(
            problems(
                """
                auth:
                  ldap:
                    servers: [http://a]
                    base: nonsense
                    user_filter: (uid=*)
                    bind_dn: cn=reader
                    offline_days: 91
                    start_tsl: true
                  roles: {admin: [ops]}
                  sessions: {idle: 2h, absolute: 1h}
                """))
        .containsExactly(
            "cloudy.yaml:3:15: auth.ldap.servers must be ldap://host or ldaps://host, with or"
                + " without a port, not http://a.",
            "cloudy.yaml:4:11: auth.ldap.base must be a DN, such as dc=example,dc=org, not"
                + " nonsense.",
            "cloudy.yaml:5:18: auth.ldap.user_filter must have {user} in an equality match, such as"
                + " (uid={user}), and nowhere else.",
            "cloudy.yaml:6:14: auth.ldap.bind_dn needs bind_password_file beside it.",
            "cloudy.yaml:7:19: auth.ldap.offline_days must be a number of days, 0 to 90.",
            "cloudy.yaml:8:5: unknown key auth.ldap.start_tsl. Did you mean start_tls?",
            "cloudy.yaml:9:19: auth.roles.admin must be the DN of a group, such as"
                + " cn=ops,ou=groups,dc=example,dc=org, or *, not ops.",
            "cloudy.yaml:10:13: auth.sessions a session's idle time must be more than nothing and"
                + " at most its absolute time.");
  }

  @Test
  void refusesToSendPasswordsReadableUnlessToldTo() throws IOException {
    String ldap = "auth: {ldap: {servers: [ldap://a], base: dc=x%s}}\n";

    assertThat(problems(ldap.formatted("")))
        .singleElement()
        .asString()
        .startsWith("cloudy.yaml:1:14: auth.ldap would send passwords readable");
    assertThat(problems(ldap.formatted(", allow_plain: true"))).isEmpty();
    assertThat(problems(ldap.formatted(", start_tls: true"))).isEmpty();
  }

  @Test
  void needsABaseBesideServers() throws IOException {
    assertThat(problems("auth: {ldap: {servers: [ldaps://a]}}\n"))
        .containsExactly(
            "cloudy.yaml:1:14: auth.ldap needs a base, the DN below which people are.");
  }
}
