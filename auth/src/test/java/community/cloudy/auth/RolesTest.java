package community.cloudy.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.DN;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RolesTest {
  private static final Roles ROLES =
      new Roles(
          Map.of(
              Role.ADMIN, Set.of("cn=Ops,ou=groups,dc=example,dc=org"),
              Role.OPERATOR, Set.of("cn=dns,ou=groups,dc=example,dc=org"),
              Role.VIEWER, Set.of("*")));

  @Test
  void eachRoleIncludesTheOnesBelow() {
    assertThat(Role.ADMIN.includes(Role.VIEWER)).isTrue();
    assertThat(Role.OPERATOR.includes(Role.OPERATOR)).isTrue();
    assertThat(Role.OPERATOR.includes(Role.ADMIN)).isFalse();
  }

  @Test
  void givesTheHighest() throws Exception {
    List<DN> both =
        List.of(
            new DN("cn=dns,ou=groups,dc=example,dc=org"),
            new DN("CN=ops, OU=Groups, DC=Example,DC=org"));

    assertThat(ROLES.highest(both)).contains(Role.ADMIN);
    assertThat(ROLES.highest(both.subList(0, 1))).contains(Role.OPERATOR);
    assertThat(ROLES.highest(List.of())).contains(Role.VIEWER);
  }

  @Test
  void givesNoneWithoutAMatch() throws Exception {
    Roles strict = new Roles(Map.of(Role.ADMIN, Set.of("cn=ops,dc=x")));

    assertThat(strict.highest(List.of(new DN("cn=ops,dc=y")))).isEmpty();
    assertThat(new Roles(Map.of()).highest(List.of(new DN("cn=ops,dc=x")))).isEmpty();
  }

  @Test
  void asksForGroupsOnlyIfTheyMatter() {
    assertThat(ROLES.needGroups()).isTrue();
    assertThat(new Roles(Map.of(Role.VIEWER, Set.of("*"))).needGroups()).isFalse();
  }

  @Test
  void refusesWhatIsNoDn() {
    assertThatThrownBy(() -> new Roles(Map.of(Role.ADMIN, Set.of("ops"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cn=ops,ou=groups");
  }
}
