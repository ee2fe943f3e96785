package community.cloudy.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.auth.LdapConfig.Account;
import community.cloudy.auth.LdapConfig.Limits;
import community.cloudy.auth.LdapConfig.Security;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LdapConfigTest {
  private static final Security STRICT = new Security(false, false, Optional.empty());

  private static LdapConfig config(String server, String base, Security security, int days) {
    return new LdapConfig(
        List.of(LdapUrl.parse(server)),
        base,
        UserMatch.ByFilter.UID,
        Optional.of(new Account("cn=node,dc=x", Secret.of("hunter2hunter2"))),
        security,
        Optional.empty(),
        Limits.DEFAULT,
        days);
  }

  @ParameterizedTest
  @CsvSource({
    "ldap://ldap.example.org, ldap://ldap.example.org:389",
    "ldaps://ldap.example.org/, ldaps://ldap.example.org:636",
    "ldaps://10.1.2.3:1636, ldaps://10.1.2.3:1636",
    "ldap://[2001:db8::1]:1389, ldap://[2001:db8::1]:1389",
  })
  void readsUrls(String text, String whole) {
    assertThat(LdapUrl.parse(text)).hasToString(whole);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ldap.example.org",
        "http://ldap.example.org",
        "ldap://",
        "ldap://a:0",
        "ldap://a:65536",
        "ldap://a:x",
        "ldap://u@a",
        "ldap://a/dc=x",
        "ldap://2001:db8::1"
      })
  void refusesOtherUrls(String text) {
    assertThatThrownBy(() -> LdapUrl.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesReadablePasswordsUnlessAllowed() {
    assertThatThrownBy(() -> config("ldap://a", "dc=x", STRICT, 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ldaps://")
        .hasMessageContaining("allow_plain");

    assertThat(config("ldaps://a", "dc=x", STRICT, 7)).isNotNull();
    assertThat(config("ldap://a", "dc=x", new Security(true, false, Optional.empty()), 7))
        .isNotNull();
    assertThat(config("ldap://a", "dc=x", new Security(false, true, Optional.empty()), 7))
        .isNotNull();
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThatThrownBy(() -> config("ldaps://a", "", STRICT, 7)).hasMessageContaining("DN");
    assertThatThrownBy(() -> config("ldaps://a", "x", STRICT, 7)).hasMessageContaining("DN");
    assertThatThrownBy(() -> config("ldaps://a", "dc=x", STRICT, 91)).hasMessageContaining("90");
    assertThatThrownBy(() -> new Limits(Duration.ZERO, Duration.ofSeconds(1), 1))
        .hasMessageContaining("100 ms");
    assertThatThrownBy(() -> new Limits(Duration.ofSeconds(1), Duration.ofSeconds(1), 0))
        .hasMessageContaining("64");
    assertThatThrownBy(() -> new Account("cn=x", Secret.of("")))
        .hasMessageContaining("needs a password");
  }

  @Test
  void printsNoPassword() {
    assertThat(config("ldaps://a", "dc=x", STRICT, 7).toString()).doesNotContain("hunter2");
  }

  @Test
  void hasAnotherOriginWithOtherRolesOrAnotherBaseAlone() {
    Roles all = new Roles(Map.of(Role.VIEWER, Set.of("*")));
    Roles none = new Roles(Map.of());
    String origin = config("ldaps://a", "dc=x", STRICT, 7).origin(all);

    assertThat(config("ldaps://b", "dc=x", STRICT, 3).origin(all)).isEqualTo(origin);
    assertThat(config("ldaps://a", "dc=y", STRICT, 7).origin(all)).isNotEqualTo(origin);
    assertThat(config("ldaps://a", "dc=x", STRICT, 7).origin(none)).isNotEqualTo(origin);
  }
}
