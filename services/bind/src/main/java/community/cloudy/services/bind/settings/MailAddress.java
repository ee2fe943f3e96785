package community.cloudy.services.bind.settings;

import java.util.regex.Pattern;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * Where people reach who looks after a zone.
 *
 * @param text such as {@code dns.admin@example.net}
 */
public record MailAddress(String text) {
  private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9._+-]{1,60}@[^@]+");

  /** Checks the address. */
  public MailAddress {
    if (!ADDRESS.matcher(text).matches()) {
      throw new IllegalArgumentException("must be a mail address such as dns@example.net");
    }
    new DomainName(text.substring(text.indexOf('@') + 1));
  }

  /** Returns it as a zone holds it: what stands before the @ is one label (RFC 1035, 8). */
  public Name name() {
    int at = text.indexOf('@');
    try {
      Name label = Name.fromString(text.substring(0, at).replace(".", "\\."));
      return Name.concatenate(label, new DomainName(text.substring(at + 1)).name());
    } catch (TextParseException | org.xbill.DNS.NameTooLongException e) {
      throw new IllegalArgumentException("must be a mail address such as dns@example.net", e);
    }
  }
}
