package community.cloudy.services.bind.settings;

import java.util.Locale;
import java.util.regex.Pattern;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * The name of a domain or a host, without escapes: what people call their zones.
 *
 * @param text such as {@code guifi.net}; in lower case once made, without a dot at its end
 */
public record DomainName(String text) {
  private static final Pattern NAME =
      Pattern.compile("(?=.{1,240}$)[a-z0-9_]([a-z0-9_-]{0,62})(\\.[a-z0-9_]([a-z0-9_-]{0,62}))*");

  /** Checks the name. */
  public DomainName {
    text = text.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "must be a domain name such as example.net, of a-z, 0-9, -, _ and dots");
    }
  }

  /** Returns it as a name in DNS, absolute. */
  public Name name() {
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException("must be a domain name such as example.net", e);
    }
  }

  /** Returns the name that DNS knows as {@code name}, if it can be one of ours. */
  public static DomainName of(Name name) {
    return new DomainName(name.toString(true));
  }
}
