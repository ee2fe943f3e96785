package community.cloudy.auth;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.Optional;

/** Distinguished names (RFC 4514), compared without case by the SDK. */
final class DnParser {
  private DnParser() {}

  /** Reads a DN; empty if it is none, or the empty one. */
  static Optional<DN> parse(String text) {
    try {
      return Optional.of(new DN(text)).filter(dn -> !dn.isNullDN());
    } catch (LDAPException e) {
      return Optional.empty();
    }
  }
}
