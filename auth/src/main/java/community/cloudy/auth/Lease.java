package community.cloudy.auth;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A connection while one login uses it. It begins as the searching account, and must be that again
 * before another login gets it.
 */
final class Lease {
  private final LDAPConnection connection;
  private final Optional<LdapConfig.Account> account;
  private final Duration patience;
  private boolean asSomebody;

  Lease(LDAPConnection connection, Optional<LdapConfig.Account> account, Duration patience) {
    this.connection = connection;
    this.account = account;
    this.patience = patience;
  }

  /** Becomes {@code dn}, or nobody if the password is refused. */
  void bindAs(DN dn, Secret password) throws LDAPException {
    asSomebody = true;
    connection.bind(new SimpleBindRequest(dn, password.reveal()));
  }

  /** Becomes the searching account again. */
  void revert() throws LDAPException {
    if (asSomebody) {
      bind(connection, account);
      asSomebody = false;
    }
  }

  /** Becomes the searching account, or nobody where there is none. */
  static void bind(LDAPConnection connection, Optional<LdapConfig.Account> account)
      throws LDAPException {
    connection.bind(
        account.isPresent()
            ? new SimpleBindRequest(account.get().dn(), account.get().password().reveal())
            : new SimpleBindRequest());
  }

  /**
   * Returns the entries below {@code base}, {@code most} at most: whether there are more does not
   * show.
   */
  List<SearchResultEntry> below(String base, Filter filter, int most, String... attributes)
      throws LDAPException {
    return search(base, SearchScope.SUB, filter, most, attributes);
  }

  /** Returns the entry {@code dn}, if there is one and it may be read. */
  Optional<SearchResultEntry> entry(DN dn, String... attributes) throws LDAPException {
    try {
      Filter any = Filter.createPresenceFilter("objectClass");
      return search(dn.toString(), SearchScope.BASE, any, 1, attributes).stream().findFirst();
    } catch (LDAPException e) {
      if (e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)
          || e.getResultCode().equals(ResultCode.INSUFFICIENT_ACCESS_RIGHTS)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private List<SearchResultEntry> search(
      String base, SearchScope scope, Filter filter, int most, String... attributes)
      throws LDAPException {
    int seconds = (int) Math.max(1, patience.toSeconds());
    SearchRequest request =
        new SearchRequest(
            base, scope, DereferencePolicy.NEVER, most, seconds, false, filter, attributes);
    try {
      return connection.search(request).getSearchEntries();
    } catch (LDAPSearchException e) {
      if (e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)) {
        return e.getSearchEntries();
      }
      throw e;
    }
  }
}
