package community.cloudy.auth;

import community.cloudy.auth.LdapConfig.Account;
import community.cloudy.auth.LdapConfig.Limits;
import community.cloudy.auth.LdapConfig.Security;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A community of 10,000 in LDIF, and how to ask for it. */
final class People {
  static final String BASE = "dc=example,dc=org";
  static final int COUNT = 10_000;
  static final Account ACCOUNT =
      new Account("cn=node,ou=services," + BASE, Secret.of("node-password"));
  static final Roles ROLES =
      new Roles(
          Map.of(
              Role.ADMIN, Set.of("cn=ops,ou=groups," + BASE),
              Role.OPERATOR, Set.of("CN=Dns,OU=Groups," + BASE, "cn=posix,ou=groups," + BASE),
              Role.VIEWER, Set.of("*")));
  static final Security PLAIN = new Security(false, true, Optional.empty());
  static final Limits LIMITS = new Limits(Duration.ofSeconds(2), Duration.ofSeconds(3), 4);

  private People() {}

  static String login(int number) {
    return "u%05d".formatted(number);
  }

  static String dn(int number) {
    return "uid=" + login(number) + ",ou=people," + BASE;
  }

  static Secret password(int number) {
    return Secret.of("planted-canary-" + number);
  }

  static LdapConfig config(LdapUrl... servers) {
    return config(PLAIN, UserMatch.ByFilter.UID, Optional.of(ACCOUNT), servers);
  }

  static Security trusting(Path ca, boolean startTls) {
    return new Security(startTls, false, Optional.of(ca));
  }

  static LdapConfig config(
      Security security, UserMatch users, Optional<Account> account, LdapUrl... servers) {
    return new LdapConfig(
        List.of(servers),
        BASE,
        users,
        account,
        security,
        Optional.of("ou=groups," + BASE),
        LIMITS,
        7);
  }

  /**
   * Returns everybody. Who is in which group:
   *
   * <ul>
   *   <li>1: ops; 2: ops by way of two groups; 3: dns by its name only; 4: dns (unique)
   *   <li>5: in a cycle of three groups, of which one is in ops; 6: in twelve groups, one in the
   *       other, the outermost in ops; 7: ops by memberOf only; 8: in a cycle that leads nowhere
   *   <li>9 and 10 share the mail address twins@example.org
   * </ul>
   */
  static String ldif() {
    StringBuilder ldif = new StringBuilder(2 << 20);
    entry(ldif, BASE, "objectClass: dcObject", "objectClass: organization", "dc: example", "o: x");
    for (String unit : List.of("people", "groups", "services")) {
      entry(ldif, "ou=" + unit + "," + BASE, "objectClass: organizationalUnit", "ou: " + unit);
    }
    entry(
        ldif,
        "cn=policy," + BASE,
        "objectClass: device",
        "objectClass: pwdPolicy",
        "cn: policy",
        "pwdAttribute: userPassword",
        "pwdLockout: TRUE");
    entry(
        ldif,
        ACCOUNT.dn(),
        "objectClass: organizationalRole",
        "objectClass: simpleSecurityObject",
        "cn: node",
        "userPassword: " + ACCOUNT.password().revealText());
    for (int i = 0; i < COUNT; i++) {
      person(ldif, i);
    }
    groups(ldif);
    return ldif.toString();
  }

  private static void person(StringBuilder ldif, int number) {
    String mail = number == 9 || number == 10 ? "twins" : login(number);
    entry(
        ldif,
        dn(number),
        "objectClass: inetOrgPerson",
        "uid: " + login(number),
        "cn: Person " + number,
        "sn: " + number,
        "mail: " + mail + "@example.org",
        number == 7 ? "memberOf: cn=ops,ou=groups," + BASE : "description: x",
        "userPassword: " + password(number).revealText());
  }

  private static void groups(StringBuilder ldif) {
    group(ldif, "ops", dn(1), group("outer"), group("ring-b"), group("deep-0"));
    group(ldif, "outer", group("inner"));
    group(ldif, "inner", dn(2));
    group(ldif, "ring-a", dn(5), group("ring-c"));
    group(ldif, "ring-b", group("ring-a"));
    group(ldif, "ring-c", group("ring-b"));
    group(ldif, "loop-a", dn(8), group("loop-b"));
    group(ldif, "loop-b", group("loop-a"), group("loop-b"));
    for (int i = 0; i < 12; i++) {
      group(ldif, "deep-" + i, i == 11 ? dn(6) : group("deep-" + (i + 1)));
    }
    entry(
        ldif,
        "cn=posix,ou=groups," + BASE,
        "objectClass: posixGroup",
        "cn: posix",
        "gidNumber: 1000",
        "memberUid: " + login(3));
    entry(
        ldif,
        "cn=dns,ou=groups," + BASE,
        "objectClass: groupOfUniqueNames",
        "cn: dns",
        "uniqueMember: " + dn(4));
  }

  private static String group(String name) {
    return "cn=" + name + ",ou=groups," + BASE;
  }

  private static void group(StringBuilder ldif, String name, String... members) {
    String[] lines = new String[members.length + 2];
    lines[0] = "objectClass: groupOfNames";
    lines[1] = "cn: " + name;
    for (int i = 0; i < members.length; i++) {
      lines[i + 2] = "member: " + members[i];
    }
    entry(ldif, group(name), lines);
  }

  private static void entry(StringBuilder ldif, String dn, String... lines) {
    ldif.append("dn: ").append(dn).append('\n');
    for (String line : lines) {
      ldif.append(line).append('\n');
    }
    ldif.append('\n');
  }
}
