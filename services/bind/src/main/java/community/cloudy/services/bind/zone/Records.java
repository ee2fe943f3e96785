package community.cloudy.services.bind.zone;

import community.cloudy.services.bind.settings.RecordSettings;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Makes records of texts and addresses. */
public final class Records {
  /** How long others keep a record that says nothing else. */
  public static final Duration TTL = Duration.ofHours(1);

  private static final int MAX_STRING = 255;

  /** What would end, join or comment a line of a zone file; no value but a text needs them. */
  private static final String SYNTAX = ";()\\";

  private static final Pattern RELATIVE =
      Pattern.compile("@|\\*|(\\*\\.)?[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*");

  private Records() {}

  /**
   * Returns what a person has written.
   *
   * @throws IllegalArgumentException if it is no such record; the message follows "The record … "
   */
  public static Record of(RecordSettings settings, Name zone) {
    Name name = name(settings.name(), zone);
    long ttl = settings.ttl().orElse(TTL).toSeconds();
    if (settings.type() == RecordSettings.Type.TXT) {
      return text(name, ttl, List.of(settings.value()));
    }
    String value = settings.value();
    if (value.chars().anyMatch(c -> Character.isISOControl(c) || SYNTAX.indexOf(c) >= 0)) {
      throw wrong(settings, "its value must be on one line, without ; ( ) and \\");
    }
    try {
      int type = Type.value(settings.type().name());
      return Record.fromString(name, type, DClass.IN, ttl, value, zone);
    } catch (IOException | IllegalArgumentException e) {
      throw wrong(settings, String.valueOf(e.getMessage()));
    }
  }

  private static IllegalArgumentException wrong(RecordSettings settings, String reason) {
    return new IllegalArgumentException(
        "%s %s cannot be used: %s".formatted(settings.name(), settings.type(), reason));
  }

  /**
   * Returns a name below a zone, by its labels.
   *
   * @param relative {@code @} for the zone itself; of a to z, 0 to 9, - and _, and * in front
   * @throws IllegalArgumentException if it is no such name, or too long
   */
  public static Name name(String relative, Name zone) {
    if (!RELATIVE.matcher(relative).matches()) {
      throw new IllegalArgumentException("a name must be like mail, @ or *, in the zone " + zone);
    }
    try {
      return relative.equals("@") ? zone : Name.fromString(relative, zone);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(relative + " is no name: " + e.getMessage(), e);
    }
  }

  /** Returns the name of one label, whatever characters that has, below another. */
  public static Name below(String label, Name parent) {
    byte[] bytes = label.getBytes(StandardCharsets.UTF_8);
    byte[] wire = new byte[bytes.length + 2];
    wire[0] = (byte) bytes.length;
    System.arraycopy(bytes, 0, wire, 1, bytes.length);
    if (bytes.length == 0 || bytes.length > 63) {
      throw new IllegalArgumentException("a label must have 1 to 63 bytes");
    }
    try {
      return Name.concatenate(new Name(wire).relativize(Name.root), parent);
    } catch (IOException e) {
      throw new IllegalArgumentException(label + " makes a name too long", e);
    }
  }

  /** Returns the record of an address. */
  public static Record address(Name name, long ttl, InetAddress address) {
    return address instanceof Inet4Address
        ? new ARecord(name, DClass.IN, ttl, address)
        : new AAAARecord(name, DClass.IN, ttl, address);
  }

  /** Returns a record of texts, each in as many strings of 255 bytes as it takes. */
  public static TXTRecord text(Name name, long ttl, List<String> texts) {
    List<byte[]> strings = new ArrayList<>();
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      for (int at = 0; at == 0 || at < bytes.length; at += MAX_STRING) {
        strings.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + MAX_STRING)));
      }
    }
    return new BytesText(name, ttl, strings).record();
  }

  /** dnsjava takes texts only in the notation of zone files, whose escapes are written here. */
  private record BytesText(Name name, long ttl, List<byte[]> strings) {
    TXTRecord record() {
      return new TXTRecord(name, DClass.IN, ttl, strings.stream().map(BytesText::escaped).toList());
    }

    private static String escaped(byte[] bytes) {
      StringBuilder text = new StringBuilder();
      for (byte b : bytes) {
        text.append("\\%03d".formatted(b & 0xff));
      }
      return text.toString();
    }
  }
}
