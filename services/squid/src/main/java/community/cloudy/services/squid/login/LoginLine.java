package community.cloudy.services.squid.login;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A question of Squid's: {@code CHANNEL LOGIN PASSWORD ADDRESS}, the login and the password with
 * {@code %XX} for what could be taken for something else (Squid's basic authentication interface
 * with concurrency). Its text is not to be shown: it holds the password.
 */
final class LoginLine {
  private static final Pattern CHANNEL = Pattern.compile("[0-9]{1,10}");
  private static final int PARTS = 4;

  private final String channel;
  private final String login;
  private final String password;
  private final String address;

  private LoginLine(String channel, String login, String password, String address) {
    this.channel = channel;
    this.login = login;
    this.password = password;
    this.address = address;
  }

  /** Returns the channel at the beginning of a line, to which any answer goes. */
  static Optional<String> channel(String line) {
    int space = line.indexOf(' ');
    String channel = space < 0 ? line : line.substring(0, space);
    return CHANNEL.matcher(channel).matches() ? Optional.of(channel) : Optional.empty();
  }

  /** Reads a question; empty if it is none that can be answered. */
  static Optional<LoginLine> parse(String line) {
    String[] parts = line.split(" ", -1);
    if (parts.length != PARTS || channel(line).isEmpty()) {
      return Optional.empty();
    }
    Optional<String> login = decoded(parts[1]);
    Optional<String> password = decoded(parts[2]);
    return login.isPresent() && password.isPresent()
        ? Optional.of(new LoginLine(parts[0], login.get(), password.get(), parts[3]))
        : Optional.empty();
  }

  /** Returns what {@code %XX} stand for; empty if that is not UTF-8 or holds NUL. */
  private static Optional<String> decoded(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] == '%' && i + 2 < raw.length && isHex(raw[i + 1]) && isHex(raw[i + 2])) {
        bytes.write(16 * Character.digit(raw[i + 1], 16) + Character.digit(raw[i + 2], 16));
        i += 2;
      } else if (raw[i] == '%') {
        return Optional.empty();
      } else {
        bytes.write(raw[i]);
      }
    }
    try {
      String decoded =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString();
      return decoded.indexOf('\0') < 0 ? Optional.of(decoded) : Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static boolean isHex(byte letter) {
    return Character.digit(letter, 16) >= 0;
  }

  String channel() {
    return channel;
  }

  String login() {
    return login;
  }

  String password() {
    return password;
  }

  /** Returns where the person is. */
  String address() {
    return address;
  }
}
