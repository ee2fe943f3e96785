package community.cloudy.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import community.cloudy.auth.UserMatch.ByDn;
import community.cloudy.auth.UserMatch.ByFilter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UserMatchTest {
  private static final String WIDE =
      "(&(objectClass=person)(|(uid={user})(mail={user}@example.org)))";

  private static List<LoginName> hostile() {
    return Hostile.logins(5000).stream().flatMap(text -> LoginName.parse(text).stream()).toList();
  }

  @Test
  void fillsOneValueOfTheFilterWhateverIsTyped() throws Exception {
    List<LoginName> names = hostile();
    assertThat(names).hasSizeGreaterThan(1000);
    for (LoginName name : names) {
      // Through its text and back, as a server would read it.
      Filter filter = Filter.create(ByFilter.UID.filter(name).toString());
      assertThat(filter.getFilterType()).isEqualTo(Filter.FILTER_TYPE_EQUALITY);
      assertThat(filter.getAttributeName()).isEqualTo("uid");
      assertThat(filter.getAssertionValue()).isEqualTo(name.text());
    }
  }

  @Test
  void keepsTheShapeOfAWiderFilter() throws Exception {
    for (LoginName name : hostile()) {
      Filter filter = Filter.create(new ByFilter(WIDE).filter(name).toString());
      Filter[] either = filter.getComponents()[1].getComponents();
      assertThat(filter.getComponents()).hasSize(2);
      assertThat(Arrays.stream(either).map(Filter::getAssertionValue))
          .containsExactly(name.text(), name.text() + "@example.org");
    }
  }

  @Test
  void fillsOneValueOfTheDnWhateverIsTyped() throws Exception {
    ByDn match = new ByDn("uid={user},ou=people,dc=example,dc=org");
    for (LoginName name : hostile()) {
      DN dn = new DN(match.dn(name).toString());
      assertThat(dn.getRDNs()).hasSize(4);
      assertThat(dn.getRDN().getAttributeNames()).containsExactly("uid");
      assertThat(dn.getRDN().getAttributeValues()).containsExactly(name.text());
      assertThat(dn.getParent()).isEqualTo(new DN("ou=people,dc=example,dc=org"));
    }
  }

  @Test
  void knowsTheAttributeOfTheLogin() {
    assertThat(ByFilter.UID.attribute()).isEqualTo("uid");
    assertThat(new ByFilter("(|(mail={user}@x.org)(sAMAccountName={user}))").attribute())
        .isEqualTo("sAMAccountName");
    assertThat(new ByDn("cn={user},dc=x").attribute()).isEqualTo("cn");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "(uid={user}",
        "(uid=x)",
        "(uid=*{user}*)",
        "(!(uid={user}))",
        "(&(uid={user})(cn>={user}))",
        "(&(uid={user})(!(cn={user})))"
      })
  void refusesFiltersThatDoNotNameThePersonByAnEquality(String pattern) {
    assertThatThrownBy(() -> new ByFilter(pattern)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ou=people", "{user}", "uid={user},,"})
  void refusesDnsThatDoNotNameThePerson(String pattern) {
    assertThatThrownBy(() -> new ByDn(pattern)).isInstanceOf(IllegalArgumentException.class);
  }
}
