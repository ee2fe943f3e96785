package community.cloudy.auth;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the groups somebody is in, directly or by way of other groups: those the entry names
 * ({@code memberOf}), those that hold its DN ({@code groupOfNames}, {@code groupOfUniqueNames}) or
 * its name ({@code posixGroup}). One search a level of nesting and {@value #CHUNK} groups; no group
 * is looked at twice, so cycles end. Thread-safe.
 */
final class GroupSearch {
  static final int MAX_DEPTH = 8;
  static final int MAX_GROUPS = 500;
  private static final int CHUNK = 25;
  private static final Logger log = LoggerFactory.getLogger(GroupSearch.class);

  private final String base;

  GroupSearch(String base) {
    this.base = base;
  }

  /**
   * What was found.
   *
   * @param groups their DNs
   * @param whole whether that is all; what is missing can only mean a lower role
   */
  record Membership(Set<DN> groups, boolean whole) {
    static final Membership NONE = new Membership(Set.of(), true);

    String describe() {
      String some = groups.size() == 1 ? "1 group" : groups.size() + " groups";
      return whole ? some : some + ", and more that are not looked at";
    }
  }

  Membership of(Lease lease, Accounts.Found person) throws LDAPException {
    Set<DN> all = new LinkedHashSet<>();
    List<DN> level = new ArrayList<>();
    person.memberOf().forEach(name -> DnParser.parse(name).ifPresent(dn -> add(dn, all, level)));
    for (SearchResultEntry group : search(lease, directly(person))) {
      add(group.getParsedDN(), all, level);
    }
    int depth = 1;
    while (!level.isEmpty() && depth < MAX_DEPTH) {
      List<DN> above = new ArrayList<>();
      for (int i = 0; i < level.size(); i += CHUNK) {
        List<DN> chunk = level.subList(i, Math.min(i + CHUNK, level.size()));
        for (SearchResultEntry group : search(lease, holding(chunk))) {
          add(group.getParsedDN(), all, above);
        }
      }
      level.clear();
      level.addAll(above);
      depth++;
    }
    boolean whole = level.isEmpty() && all.size() < MAX_GROUPS;
    if (!whole) {
      log.info(
          "Groups are nested too deep or too many login={} groups={}", person.login(), all.size());
    }
    return new Membership(all, whole);
  }

  private static void add(DN group, Set<DN> all, List<DN> level) {
    if (all.size() < MAX_GROUPS && all.add(group)) {
      level.add(group);
    }
  }

  private List<SearchResultEntry> search(Lease lease, Filter filter) throws LDAPException {
    return lease.below(base, filter, MAX_GROUPS, "1.1");
  }

  private static Filter directly(Accounts.Found person) {
    List<Filter> names =
        person.uids().stream().map(uid -> Filter.createEqualityFilter("memberUid", uid)).toList();
    return Filter.createORFilter(
        holding(List.of(person.dn())),
        Filter.createANDFilter(isA("posixGroup"), Filter.createORFilter(names)));
  }

  // Each with its object class, which directories index, so that no attribute without an index
  // makes them look at every entry.
  private static Filter holding(Collection<DN> members) {
    return Filter.createORFilter(
        Filter.createANDFilter(
            Filter.createORFilter(isA("groupOfNames"), isA("groupOfMembers"), isA("group")),
            any("member", members)),
        Filter.createANDFilter(isA("groupOfUniqueNames"), any("uniqueMember", members)));
  }

  private static Filter isA(String objectClass) {
    return Filter.createEqualityFilter("objectClass", objectClass);
  }

  private static Filter any(String attribute, Collection<DN> members) {
    return Filter.createORFilter(
        members.stream().map(dn -> Filter.createEqualityFilter(attribute, dn.toString())).toList());
  }
}
