package community.cloudy.auth;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import community.cloudy.auth.LdapStep.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds people in a directory, checks their passwords and gives them roles. Thread-safe. */
final class Accounts {
  private static final int MAX_UNITS = 1000;
  private static final Set<ResultCode> REJECTIONS =
      Set.of(
          ResultCode.INVALID_CREDENTIALS,
          ResultCode.NO_SUCH_OBJECT,
          ResultCode.INVALID_DN_SYNTAX,
          ResultCode.INAPPROPRIATE_AUTHENTICATION,
          ResultCode.INSUFFICIENT_ACCESS_RIGHTS,
          ResultCode.UNWILLING_TO_PERFORM,
          ResultCode.CONSTRAINT_VIOLATION);

  private final LdapConfig config;
  private final Roles roles;
  private final GroupSearch groups;

  Accounts(LdapConfig config, Roles roles) {
    this.config = config;
    this.roles = roles;
    this.groups = new GroupSearch(config.groupBase().orElse(config.base()));
  }

  /**
   * A person's entry.
   *
   * @param dn its name
   * @param login the name to know them by
   * @param uids their names in groups that hold names, not DNs
   * @param display their full name
   * @param memberOf groups the entry itself names
   */
  record Found(DN dn, String login, Set<String> uids, String display, List<String> memberOf) {}

  /**
   * Judges a login and a password. Without a password, finds out all the rest.
   *
   * @throws LDAPException if the server did not answer or could not judge
   */
  Verdict judge(Lease lease, LoginName name, Optional<Secret> password, Steps steps)
      throws LDAPException {
    return config.users() instanceof UserMatch.ByDn direct
        ? judgeDirectly(direct.dn(name), lease, name, password, steps)
        : search(lease, name, password, steps);
  }

  private Verdict search(Lease lease, LoginName name, Optional<Secret> password, Steps steps)
      throws LDAPException {
    steps.begin(Kind.SEARCH);
    UserMatch.ByFilter match = (UserMatch.ByFilter) config.users();
    List<SearchResultEntry> found = lease.below(config.base(), match.filter(name), 2, attributes());
    if (found.size() != 1) {
      if (password.isPresent()) {
        pretend(lease);
      }
      return found.isEmpty()
          ? refused(
              steps,
              "nobody is found by " + match.filter(name),
              "Check the login, user_filter and base.")
          : refused(
              steps,
              "several entries are found by " + match.filter(name),
              "Make user_filter or base narrower: it must find one.");
    }
    SearchResultEntry entry = found.get(0);
    steps.ok(entry.getDN());
    DN dn = entry.getParsedDN();
    Optional<Verdict> no = check(lease, dn, password, steps);
    return no.isPresent() ? no.get() : rank(lease, found(dn, entry, name), steps);
  }

  private Verdict judgeDirectly(
      DN dn, Lease lease, LoginName name, Optional<Secret> password, Steps steps)
      throws LDAPException {
    Optional<Verdict> no = check(lease, dn, password, steps);
    if (no.isPresent()) {
      return no.get();
    }
    steps.begin(Kind.SEARCH);
    Optional<SearchResultEntry> entry = lease.entry(dn, attributes());
    if (entry.isEmpty() && password.isEmpty()) {
      return refused(
          steps, "there is no entry " + dn + " to be read", "Check the login and user_dn.");
    }
    steps.ok(dn.toString());
    return rank(
        lease,
        entry
            .map(read -> found(dn, read, name))
            .orElse(new Found(dn, name.text(), Set.of(name.text()), name.text(), List.of())),
        steps);
  }

  /** Checks the password, and is the searching account afterwards where there is one. */
  private Optional<Verdict> check(Lease lease, DN dn, Optional<Secret> password, Steps steps)
      throws LDAPException {
    if (password.isEmpty()) {
      return Optional.empty();
    }
    steps.begin(Kind.PASSWORD);
    try {
      lease.bindAs(dn, password.get());
    } catch (LDAPException e) {
      if (!REJECTIONS.contains(e.getResultCode())) {
        throw e;
      }
      return Optional.of(
          refused(
              steps,
              "the directory refuses the password: " + e.getResultCode().getName(),
              "Check the password, and whether the account is locked or has expired."));
    }
    steps.ok("accepted");
    // Without an account to search with, people read their groups themselves.
    if (config.account().isPresent()) {
      lease.revert();
    }
    return Optional.empty();
  }

  /** Binds as nobody who is there, so that the time does not tell that nobody was found. */
  private void pretend(Lease lease) throws LDAPException {
    DN nobody = new DN(new RDN("cn", "cloudy-nobody"), new DN(config.base()));
    try {
      lease.bindAs(nobody, Secret.of("not a password"));
    } catch (LDAPException e) {
      if (Diagnosis.isUnreachable(e)) {
        throw e;
      }
    }
  }

  private Verdict rank(Lease lease, Found person, Steps steps) throws LDAPException {
    steps.begin(Kind.GROUPS);
    GroupSearch.Membership membership =
        roles.needGroups() ? groups.of(lease, person) : GroupSearch.Membership.NONE;
    steps.ok(membership.describe());
    steps.begin(Kind.ROLE);
    Optional<Role> role = roles.highest(membership.groups());
    if (role.isEmpty()) {
      return refused(
          steps, "none of the groups has a role", "Give one of them a role in auth.roles.");
    }
    steps.ok(role.get().word());
    return new Verdict.Accepted(
        new Person(person.login(), person.display(), role.get(), Person.Means.LDAP),
        units(person, membership));
  }

  private static Set<String> units(Found person, GroupSearch.Membership membership) {
    Stream<String> groups =
        membership.groups().isEmpty()
            ? person.memberOf().stream()
            : membership.groups().stream().map(DN::toString);
    Stream<String> parent = Stream.ofNullable(person.dn().getParent()).map(DN::toString);
    return Stream.concat(parent, groups).limit(MAX_UNITS).collect(Collectors.toUnmodifiableSet());
  }

  private String[] attributes() {
    return new String[] {config.users().attribute(), "uid", "cn", "displayName", "memberOf"};
  }

  private Found found(DN dn, SearchResultEntry entry, LoginName name) {
    String login =
        values(entry, config.users().attribute())
            .flatMap(value -> LoginName.parse(value).stream())
            .map(LoginName::text)
            .reduce((first, other) -> other.equals(name.text()) ? other : first)
            .orElse(name.text());
    Set<String> uids =
        Set.copyOf(Stream.concat(values(entry, "uid"), Stream.of(login)).limit(8).toList());
    String display =
        Stream.concat(values(entry, "displayName"), values(entry, "cn"))
            .filter(text -> !text.isBlank())
            .findFirst()
            .orElse(login);
    return new Found(dn, login, uids, display, values(entry, "memberOf").toList());
  }

  private static Stream<String> values(SearchResultEntry entry, String attribute) {
    String[] values = entry.getAttributeValues(attribute);
    return values == null ? Stream.empty() : Arrays.stream(values);
  }

  private static Verdict refused(Steps steps, String reason, String remedy) {
    Diagnosis why = new Diagnosis(reason, remedy);
    steps.failed(why);
    return new Verdict.Refused(why.reason());
  }
}
