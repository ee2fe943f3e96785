package community.cloudy.services.squid.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The marks that tell Squid who somebody is without telling it any text of theirs: the answer to a
 * login carries them, and the rules ask for them. They stay the same for ever, so that a login of
 * some minutes ago means the same under today's rules.
 */
public final class Marks {
  private static final Pattern HOME = Pattern.compile("(?i)(ou|cn)=([0-9]{1,8})(,.*)?");
  private static final int BYTES = 8;

  private Marks() {}

  /** Returns the mark of a login. */
  public static String login(String name) {
    return "l" + hash(name);
  }

  /** Returns the mark of a group, however its distinguished name is spelled. */
  public static String group(String dn) {
    return "g" + hash(dn.replaceAll("\\s*([,=+])\\s*", "$1"));
  }

  /** Returns the mark of those whose home is a proxy of the federation. */
  public static String home(int proxy) {
    return "h" + proxy;
  }

  /** Returns the mark of the home that a group stands for: one named by the number of a proxy. */
  public static Optional<String> homeOf(String dn) {
    Matcher matcher = HOME.matcher(dn);
    return matcher.matches()
        ? Optional.of(home(Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  private static String hash(String name) {
    String same = Normalizer.normalize(name.strip().toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(same.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
