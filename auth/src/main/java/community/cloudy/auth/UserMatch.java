package community.cloudy.auth;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a login becomes an entry of the directory. Patterns are parsed first and filled value by
 * value after that, so nothing somebody types can change what they mean.
 */
public sealed interface UserMatch {
  /** Stands for the login in a pattern. */
  String PLACE = "{user}";

  /** Returns the attribute that holds a person's login. */
  String attribute();

  /**
   * Searches for the entry.
   *
   * @param pattern a filter (RFC 4515) with {@code {user}} in equality matches, such as {@code
   *     (uid={user})}
   */
  record ByFilter(String pattern) implements UserMatch {
    /** The usual one. */
    public static final ByFilter UID = new ByFilter("(uid={user})");

    /** Checks the pattern. */
    public ByFilter {
      Filter parsed = parsed(pattern);
      if (equalities(parsed).findAny().isEmpty()
          || filled(parsed, "x").toString().contains(PLACE)) {
        throw new IllegalArgumentException(
            "must have {user} in an equality match, such as (uid={user}), and nowhere else");
      }
    }

    @Override
    public String attribute() {
      Filter parsed = parsed(pattern);
      return equalities(parsed)
          .filter(match -> match.getAssertionValue().equals(PLACE))
          .findFirst()
          .or(() -> equalities(parsed).findFirst())
          .map(Filter::getAttributeName)
          .orElseThrow();
    }

    Filter filter(LoginName name) {
      return filled(parsed(pattern), name.text());
    }

    private static Filter parsed(String pattern) {
      try {
        return Filter.create(pattern);
      } catch (LDAPException e) {
        throw new IllegalArgumentException("is not an LDAP filter: " + e.getMessage(), e);
      }
    }

    private static Stream<Filter> equalities(Filter filter) {
      return switch (filter.getFilterType()) {
        case Filter.FILTER_TYPE_AND, Filter.FILTER_TYPE_OR ->
            Arrays.stream(filter.getComponents()).flatMap(ByFilter::equalities);
        case Filter.FILTER_TYPE_EQUALITY ->
            Stream.of(filter).filter(match -> match.getAssertionValue().contains(PLACE));
        default -> Stream.empty();
      };
    }

    private static Filter filled(Filter filter, String user) {
      return switch (filter.getFilterType()) {
        case Filter.FILTER_TYPE_AND -> Filter.createANDFilter(allFilled(filter, user));
        case Filter.FILTER_TYPE_OR -> Filter.createORFilter(allFilled(filter, user));
        case Filter.FILTER_TYPE_EQUALITY ->
            Filter.createEqualityFilter(
                filter.getAttributeName(), filter.getAssertionValue().replace(PLACE, user));
        default -> filter;
      };
    }

    private static Filter[] allFilled(Filter filter, String user) {
      return Arrays.stream(filter.getComponents())
          .map(part -> filled(part, user))
          .toArray(Filter[]::new);
    }
  }

  /**
   * Knows the entry's name.
   *
   * @param pattern a DN (RFC 4514) with {@code {user}} in its values, such as {@code
   *     uid={user},ou=people,dc=example,dc=org}
   */
  record ByDn(String pattern) implements UserMatch {
    /** Checks the pattern. */
    public ByDn {
      DN parsed = parsed(pattern);
      if (Stream.of(parsed.getRDNs()).noneMatch(rdn -> place(rdn).isPresent())) {
        throw new IllegalArgumentException(
            "must be a DN with {user} in it, such as uid={user},ou=people,dc=example,dc=org");
      }
    }

    @Override
    public String attribute() {
      return Stream.of(parsed(pattern).getRDNs())
          .flatMap(rdn -> place(rdn).stream())
          .findFirst()
          .orElseThrow();
    }

    DN dn(LoginName name) {
      return new DN(
          Stream.of(parsed(pattern).getRDNs())
              .map(rdn -> filled(rdn, name.text()))
              .toArray(RDN[]::new));
    }

    private static DN parsed(String pattern) {
      try {
        return new DN(pattern);
      } catch (LDAPException e) {
        throw new IllegalArgumentException("is not a DN: " + e.getMessage(), e);
      }
    }

    private static Optional<String> place(RDN rdn) {
      for (int i = 0; i < rdn.getAttributeNames().length; i++) {
        if (rdn.getAttributeValues()[i].contains(PLACE)) {
          return Optional.of(rdn.getAttributeNames()[i]);
        }
      }
      return Optional.empty();
    }

    private static RDN filled(RDN rdn, String user) {
      String[] values =
          Stream.of(rdn.getAttributeValues())
              .map(value -> value.replace(PLACE, user))
              .toArray(String[]::new);
      return new RDN(rdn.getAttributeNames(), values);
    }
  }
}
