package community.cloudy.auth;

import com.unboundid.ldap.sdk.DN;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which groups of the directory have which role. The highest of somebody's roles counts; who has
 * none may not log in.
 *
 * @param groups the DNs of each role's groups; {@code *} stands for everybody the directory lets in
 */
public record Roles(Map<Role, Set<String>> groups) {
  private static final String EVERYBODY = "*";

  /** Checks that all are DNs (RFC 4514). */
  public Roles {
    Map<Role, Set<String>> copy = new EnumMap<>(Role.class);
    groups.forEach((role, names) -> copy.put(role, Set.copyOf(names)));
    copy.values().stream().flatMap(Set::stream).forEach(Roles::checked);
    groups = Map.copyOf(copy);
  }

  /**
   * Returns {@code group} if it may stand in {@link #groups}.
   *
   * @throws IllegalArgumentException if it is neither a DN nor {@code *}
   */
  public static String checked(String group) {
    if (!group.equals(EVERYBODY) && (group.isBlank() || !DN.isValidDN(group))) {
      throw new IllegalArgumentException(
          "must be the DN of a group, such as cn=ops,ou=groups,dc=example,dc=org, or *, not "
              + group);
    }
    return group;
  }

  /** Tells whether anybody's role depends on their groups. */
  boolean needGroups() {
    return groups.values().stream().flatMap(Set::stream).anyMatch(name -> !name.equals(EVERYBODY));
  }

  /** Returns the highest role of somebody in {@code membership}; empty if they have none. */
  Optional<Role> highest(Collection<DN> membership) {
    return new TreeSet<>(groups.keySet())
        .descendingSet().stream()
            .filter(
                role ->
                    groups.getOrDefault(role, Set.of()).stream()
                        .anyMatch(name -> isIn(name, membership)))
            .findFirst();
  }

  private static boolean isIn(String group, Collection<DN> membership) {
    return group.equals(EVERYBODY)
        || DnParser.parse(group).filter(membership::contains).isPresent();
  }
}
