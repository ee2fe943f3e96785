package community.cloudy.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.auth.AuthException.Code;
import community.cloudy.auth.LdapStep.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real servers with good and bad certificates. */
final class TlsIT {
  private static final Secret PASSWORD = Secret.of("planted-canary");
  private static final String LDIF =
      """
      dn: dc=example,dc=org
      objectClass: dcObject
      objectClass: organization
      dc: example
      o: x

      dn: uid=maria,dc=example,dc=org
      objectClass: inetOrgPerson
      uid: maria
      cn: Maria
      sn: Puig
      userPassword: planted-canary

      """;

  @TempDir private static Path folder;
  private static Certificates ours;
  private static Certificates foreign;
  private static Slapd good;
  private static Slapd otherHost;
  private static Slapd expired;
  private static Slapd stranger;

  @BeforeAll
  static void start() throws Exception {
    Slapd.needed();
    ours = Certificates.authority(folder.resolve("ours"));
    foreign = Certificates.authority(folder.resolve("foreign"));
    good = slapd("good", ours.sign("good", "IP:127.0.0.1,DNS:localhost", 30));
    otherHost = slapd("other", ours.sign("other", "DNS:ldap.example.org,IP:127.0.0.2", 30));
    expired = slapd("expired", ours.sign("expired", "IP:127.0.0.1", -1));
    stranger = slapd("stranger", foreign.sign("stranger", "IP:127.0.0.1", 30));
  }

  @AfterAll
  static void stop() {
    for (Slapd slapd : new Slapd[] {good, otherHost, expired, stranger}) {
      if (slapd != null) {
        slapd.close();
      }
    }
  }

  private static Slapd slapd(String name, Path certificate) throws Exception {
    return Slapd.start(folder.resolve("slapd-" + name), certificate, LDIF);
  }

  private static LdapConfig config(LdapConfig.Security security, LdapUrl url) {
    return People.config(
        security, new UserMatch.ByDn("uid={user}," + People.BASE), Optional.empty(), url);
  }

  private static Verdict ask(LdapConfig config) {
    Roles all = new Roles(java.util.Map.of(Role.VIEWER, java.util.Set.of("*")));
    try (Directory directory = Directory.open(config, all, InstantSource.system())) {
      return directory.authenticate(new LoginName("maria"), PASSWORD);
    }
  }

  private static void refused(Slapd slapd, String reason) throws Exception {
    LdapConfig.Security trusting = People.trusting(ours.ca(), true);
    for (LdapUrl url : List.of(slapd.url(), slapd.tlsUrl())) {
      Verdict verdict = ask(config(trusting, url));
      assertThat(verdict).as(url.toString()).isInstanceOf(Verdict.Unreachable.class);
      assertThat(((Verdict.Unreachable) verdict).why().reason()).contains(reason);
    }
    assertThat(slapd.log(0)).as("nobody's password").noneMatch(line -> line.contains("BIND dn"));
  }

  @Test
  void acceptsACertificateOfOurAuthorityForThisHost() {
    LdapConfig.Security trusting = People.trusting(ours.ca(), true);

    assertThat(ask(config(trusting, good.tlsUrl()))).isInstanceOf(Verdict.Accepted.class);
    assertThat(ask(config(trusting, good.url()))).isInstanceOf(Verdict.Accepted.class);
    LdapUrl byName = new LdapUrl(true, "localhost", good.tlsUrl().port());
    assertThat(ask(config(trusting, byName))).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void encryptsBeforeThePasswordIsSent() throws Exception {
    long before = good.logLines();
    ask(config(People.trusting(ours.ca(), true), good.url()));

    List<String> log = good.log(before);
    assertThat(log).anyMatch(line -> line.contains("TLS established"));
    assertThat(log).noneMatch(line -> line.contains("BIND") && line.endsWith("ssf=0"));
  }

  @Test
  void refusesACertificateForAnotherHost() throws Exception {
    refused(otherHost, "for another host");
  }

  @Test
  void refusesACertificateOfAnotherAuthority() throws Exception {
    refused(stranger, "not signed by a trusted authority");
  }

  @Test
  void refusesAnExpiredCertificate() throws Exception {
    refused(expired, "has expired");
  }

  @Test
  void trustsJavasOwnAuthoritiesUnlessTold() {
    LdapConfig.Security strict = new LdapConfig.Security(false, false, Optional.empty());

    Verdict verdict = ask(config(strict, good.tlsUrl()));
    assertThat(((Verdict.Unreachable) verdict).why().remedy()).contains("ca_file");
  }

  @Test
  void saysWhenTlsIsSpokenToAPortWithoutIt() {
    LdapUrl wrong = new LdapUrl(true, "127.0.0.1", good.url().port());
    try (Directory directory =
        Directory.open(
            config(People.trusting(ours.ca(), false), wrong),
            People.ROLES,
            InstantSource.system())) {
      List<LdapStep> steps = directory.test("maria", Optional.empty());

      assertThat(steps).extracting(LdapStep::kind).containsExactly(Kind.SERVER, Kind.TLS);
      assertThat(steps.get(1).ok()).isFalse();
    }
  }

  @Test
  void saysWhatIsWrongWithTheFileOfAuthorities() throws Exception {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    for (Path file : List.of(folder.resolve("missing.pem"), empty, Certificates.PROGRAM)) {
      assertThatThrownBy(() -> ask(config(People.trusting(file, false), good.tlsUrl())))
          .isInstanceOfSatisfying(
              AuthException.class, e -> assertThat(e.code()).isEqualTo(Code.STORAGE))
          .hasMessageContaining(file.toString());
    }
  }
}
