package community.cloudy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import community.cloudy.auth.LdapStep.Kind;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People, passwords and groups of a real slapd with 10,000 users. */
final class DirectoryIT {
  private static final UserMatch BY_MAIL = new UserMatch.ByFilter("(|(uid={user})(mail={user}))");
  private static final UserMatch BY_DN = new UserMatch.ByDn("uid={user},ou=people," + People.BASE);

  @TempDir private static Path folder;
  private static Slapd slapd;

  @BeforeAll
  static void start() throws Exception {
    Slapd.needed();
    Path certificate =
        Certificates.authority(folder.resolve("ca")).sign("server", "IP:127.0.0.1", 30);
    slapd = Slapd.start(folder.resolve("slapd"), certificate, People.ldif());
  }

  @AfterAll
  static void stop() {
    if (slapd != null) {
      slapd.close();
    }
  }

  private static Directory open(LdapConfig config) {
    return Directory.open(config, People.ROLES, InstantSource.system());
  }

  private static Verdict ask(LdapConfig config, String login, Secret password) {
    try (Directory directory = open(config)) {
      return directory.authenticate(LoginName.parse(login).orElseThrow(), password);
    }
  }

  private static Verdict ask(String login, Secret password) {
    return ask(People.config(slapd.url()), login, password);
  }

  private static Person accepted(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
    return ((Verdict.Accepted) verdict).person();
  }

  private static LdapConfig config(UserMatch users, boolean account) {
    Optional<LdapConfig.Account> as = account ? Optional.of(People.ACCOUNT) : Optional.empty();
    return People.config(People.PLAIN, users, as, slapd.url());
  }

  @Test
  void acceptsTheRightPasswordOfOneAmongTenThousand() {
    assertThat(accepted(ask("u09999", People.password(9999))))
        .isEqualTo(new Person("u09999", "Person 9999", Role.VIEWER, Person.Means.LDAP));
    assertThat(accepted(ask("U09999", People.password(9999))).login()).isEqualTo("u09999");
  }

  @Test
  void refusesTheWrongPasswordAndTheUnknown() {
    assertThat(ask("u00001", People.password(2))).isInstanceOf(Verdict.Refused.class);
    assertThat(ask("nobody", People.password(2))).isInstanceOf(Verdict.Refused.class);
  }

  @ParameterizedTest
  @CsvSource({
    "1, ADMIN",
    "2, ADMIN",
    "3, OPERATOR",
    "4, OPERATOR",
    "5, ADMIN",
    "6, VIEWER",
    "7, ADMIN",
    "8, VIEWER",
    "11, VIEWER"
  })
  void givesTheHighestRoleOfDirectAndNestedGroups(int number, Role role) {
    assertThat(accepted(ask(People.login(number), People.password(number))).role()).isEqualTo(role);
  }

  @Test
  void tellsTheGroupsAndWhereTheEntryLies() {
    Verdict verdict = ask(People.login(2), People.password(2));
    assertThat(((Verdict.Accepted) verdict).units())
        .anyMatch(unit -> unit.startsWith("ou=people,"))
        .anyMatch(unit -> unit.startsWith("cn="));
  }

  @ParameterizedTest
  @CsvSource({"1, ADMIN", "2, ADMIN", "3, OPERATOR", "7, ADMIN", "11, VIEWER"})
  void givesTheSameRolesWhereTheDnIsKnown(int number, Role role) {
    for (boolean account : new boolean[] {true, false}) {
      LdapConfig config = config(BY_DN, account);
      String login = People.login(number);
      assertThat(accepted(ask(config, login, People.password(number))).role()).isEqualTo(role);
      assertThat(ask(config, login, People.password(0))).isInstanceOf(Verdict.Refused.class);
      assertThat(ask(config, "nobody", People.password(0))).isInstanceOf(Verdict.Refused.class);
    }
  }

  @Test
  void knowsPeopleWhoseLoginsMeanSomethingInFiltersAndDns() {
    for (LdapConfig config :
        List.of(config(UserMatch.ByFilter.UID, true), config(BY_DN, true), config(BY_DN, false))) {
      Person odd = accepted(ask(config, People.ODD_LOGIN, People.password(0)));
      assertThat(odd.login()).isEqualTo(People.ODD_LOGIN);
      assertThat(odd.role()).isEqualTo(Role.ADMIN);
    }
  }

  @Test
  void saysWhetherEachServerWorks() throws Exception {
    LdapUrl nothing = new LdapUrl(false, "127.0.0.1", Slapd.freePort());
    try (Directory directory = open(People.config(slapd.url(), nothing))) {
      assertThat(directory.servers())
          .extracting(Directory.ServerState::state)
          .containsOnly(Directory.State.UNKNOWN);
      List<LdapStep> steps = directory.check();

      assertThat(steps).extracting(LdapStep::ok).containsExactly(true, true, false);
      assertThat(steps.get(2).detail()).contains("refuses connections");
    }
  }

  @Test
  void searchesAsNobodyWhereThereIsNoAccount() {
    LdapConfig config = config(UserMatch.ByFilter.UID, false);

    assertThat(accepted(ask(config, "u00002", People.password(2))).role()).isEqualTo(Role.ADMIN);
    assertThat(ask(config, "u00002", People.password(3))).isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void knowsAPersonByTheirLoginHoweverTheyAreFound() {
    Verdict verdict = ask(config(BY_MAIL, true), "u00001@example.org", People.password(1));

    assertThat(accepted(verdict).login()).isEqualTo("u00001");
  }

  @Test
  void refusesWhomTheFilterFindsTwice() {
    Verdict verdict = ask(config(BY_MAIL, true), "twins@example.org", People.password(9));

    assertThat(verdict).isInstanceOf(Verdict.Refused.class);
    assertThat(((Verdict.Refused) verdict).why()).contains("several");
  }

  @Test
  void refusesWhoHasNoRole() {
    Roles strict = new Roles(Map.of(Role.ADMIN, Set.of("cn=ops,ou=groups," + People.BASE)));
    LdapConfig config = People.config(slapd.url());
    try (Directory directory = Directory.open(config, strict, InstantSource.system())) {
      assertThat(directory.authenticate(new LoginName("u00011"), People.password(11)))
          .isInstanceOf(Verdict.Refused.class);
      assertThat(directory.authenticate(new LoginName("u00001"), People.password(1)))
          .isInstanceOf(Verdict.Accepted.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\u0000", "planted-canary-1\u0000", "\u0000planted-canary-1"})
  void sendsNoEmptyPasswordAndNoneWithANul(String password) throws Exception {
    long before = slapd.logLines();

    assertThat(ask("u00001", Secret.of(password))).isInstanceOf(Verdict.Refused.class);
    assertThat(ask(config(BY_DN, false), "u00001", Secret.of(password)))
        .isInstanceOf(Verdict.Refused.class);
    assertThat(slapd.log(before)).isEmpty();
  }

  @Test
  void letsNobodyInByWhatTheyTypeForALogin() {
    List<LdapConfig> configs =
        List.of(config(UserMatch.ByFilter.UID, true), config(BY_MAIL, true), config(BY_DN, true));
    for (LdapConfig config : configs) {
      try (Directory directory = open(config)) {
        for (String typed : Hostile.logins(150)) {
          LoginName.parse(typed)
              .ifPresent(
                  name ->
                      assertThat(directory.authenticate(name, People.password(1)))
                          .as(name.text())
                          .isInstanceOf(Verdict.Refused.class));
        }
        assertThat(accepted(directory.authenticate(new LoginName("u00001"), People.password(1))))
            .isNotNull();
      }
    }
  }

  @Test
  void refusesAtOnceWhoIsLockedRemovedOrHasANewPassword() throws Exception {
    try (Directory directory = open(People.config(slapd.url()));
        LDAPConnection root = slapd.root()) {
      for (int number : new int[] {101, 102, 103}) {
        accepted(
            directory.authenticate(new LoginName(People.login(number)), People.password(number)));
      }
      root.modify(
          People.dn(101),
          new Modification(ModificationType.ADD, "pwdAccountLockedTime", "000001010000Z"));
      root.delete(People.dn(102));
      root.modify(
          People.dn(103), new Modification(ModificationType.REPLACE, "userPassword", "new one"));

      for (int number : new int[] {101, 102, 103}) {
        assertThat(
                directory.authenticate(
                    new LoginName(People.login(number)), People.password(number)))
            .isInstanceOf(Verdict.Refused.class);
      }
      accepted(directory.authenticate(new LoginName("u00103"), Secret.of("new one")));
    }
  }

  @Test
  void searchesAsTheAccountOnOneConnectionWhoeverLogsIn() throws Exception {
    try (Directory directory = open(People.config(slapd.url()))) {
      accepted(directory.authenticate(new LoginName("u00200"), People.password(200)));
      long before = slapd.logLines();
      accepted(directory.authenticate(new LoginName("u00201"), People.password(201)));
      directory.authenticate(new LoginName("u00202"), Secret.of("wrong"));
      directory.authenticate(new LoginName("nobody"), Secret.of("wrong"));

      String account = "BIND " + People.ACCOUNT.dn();
      String people = "SRCH " + People.BASE;
      assertThat(slapd.log(before).stream().flatMap(DirectoryIT::operation))
          .containsExactly(
              people,
              "BIND " + People.dn(201),
              account,
              "SRCH ou=groups," + People.BASE,
              people,
              "BIND " + People.dn(202),
              account,
              people,
              "BIND cn=cloudy-nobody," + People.BASE,
              account);
    }
  }

  private static Stream<String> operation(String line) {
    Matcher operation =
        Pattern.compile("ACCEPT|(BIND|SRCH) (?:dn|base)=\"(.*?)\" (?:method|scope)").matcher(line);
    if (!operation.find()) {
      return Stream.empty();
    }
    return Stream.of(
        operation.group(1) == null
            ? operation.group()
            : operation.group(1) + " " + operation.group(2));
  }

  @Test
  void looksAtEachGroupOfACycleOnce() throws Exception {
    try (Directory directory = open(People.config(slapd.url()))) {
      long before = slapd.logLines();
      List<LdapStep> steps = directory.test("u00008", Optional.empty());

      assertThat(steps)
          .anySatisfy(step -> assertThat(step.detail()).isEqualTo("2 groups"))
          .allMatch(LdapStep::ok);
      assertThat(slapd.log(before).stream().filter(line -> line.contains("SRCH base=\"ou=groups")))
          .as("of the person, of loop-a, of loop-b")
          .hasSize(3);
    }
  }

  @Test
  void blamesNobodyForAWrongAccount() {
    LdapConfig.Account wrong = new LdapConfig.Account(People.ACCOUNT.dn(), Secret.of("wrong"));
    LdapConfig config =
        People.config(
            People.PLAIN, UserMatch.ByFilter.UID, Optional.of(wrong), slapd.url(), slapd.url());

    Verdict verdict = ask(config, "u00001", People.password(1));
    assertThat(verdict).isInstanceOf(Verdict.Unable.class);
    assertThat(((Verdict.Unable) verdict).why().remedy()).contains("bind_dn");
  }

  @Test
  void blamesNobodyForAWrongBase() {
    LdapConfig good = People.config(slapd.url());
    LdapConfig config =
        new LdapConfig(
            good.servers(),
            "ou=nowhere," + People.BASE,
            good.users(),
            good.account(),
            good.security(),
            good.groupBase(),
            good.limits(),
            7);

    Verdict verdict = ask(config, "u00001", People.password(1));
    assertThat(verdict).isInstanceOf(Verdict.Unable.class);
    assertThat(((Verdict.Unable) verdict).why().remedy()).contains("base");
  }

  @Test
  void tellsEachStepOfATest() {
    try (Directory directory = open(People.config(slapd.url(), slapd.tlsUrl()))) {
      List<LdapStep> steps = directory.test("u00002", Optional.of(People.password(2)));

      assertThat(steps.stream().filter(LdapStep::ok).map(LdapStep::kind))
          .containsExactly(
              Kind.SERVER,
              Kind.BIND,
              Kind.SEARCH,
              Kind.PASSWORD,
              Kind.GROUPS,
              Kind.ROLE,
              Kind.SERVER);
      LdapStep last = steps.get(steps.size() - 1);
      assertThat(last.ok()).isFalse();
      assertThat(last.kind()).isEqualTo(Kind.TLS);
      assertThat(last.remedy()).contains("ca_file");
      assertThat(steps.toString()).contains("admin").doesNotContain("canary");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "u00001, wrong, PASSWORD, Check the password",
    "nobody, wrong, SEARCH, user_filter",
    "'', wrong, SEARCH, printable",
    "u00001, '', PASSWORD, 1 to 1"
  })
  void tellsTheStepThatFails(String login, String password, Kind kind, String remedy) {
    try (Directory directory = open(People.config(slapd.url()))) {
      List<LdapStep> steps = directory.test(login, Optional.of(Secret.of(password)));

      LdapStep last = steps.get(steps.size() - 1);
      assertThat(last.ok()).isFalse();
      assertThat(last.kind()).isEqualTo(kind);
      assertThat(last.remedy()).contains(remedy);
    }
  }

  @Test
  void findsOutARoleWithoutThePassword() {
    for (LdapConfig config : List.of(config(UserMatch.ByFilter.UID, true), config(BY_DN, true))) {
      try (Directory directory = open(config)) {
        List<LdapStep> steps = directory.test("u00004", Optional.empty());

        assertThat(steps).allMatch(LdapStep::ok);
        assertThat(steps.get(steps.size() - 1).detail()).isEqualTo("operator");
      }
    }
  }
}
