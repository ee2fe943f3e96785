package community.cloudy.gossip.discovery.health;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** As much of a DNS message as a check needs (RFC 1035, section 4). */
final class DnsMessage {
  private static final int HEADER = 12;
  private static final int RESPONSE = 0x80;
  private static final int RECURSION_DESIRED = 0x01;
  private static final String[] CODES = {
    "NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED"
  };

  private DnsMessage() {}

  /** Returns a query for the address of {@code name}, a name that {@link Check.Dns} allows. */
  static byte[] query(int id, String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) (id >> 8), (byte) id, RECURSION_DESIRED, 0});
    out.writeBytes(new byte[] {0, 1, 0, 0, 0, 0, 0, 0}); // one question
    for (String label : name.split("\\.", -1)) {
      out.write(label.length());
      out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }
    out.writeBytes(new byte[] {0, 0, 1, 0, 1}); // the root; type A, class IN
    return out.toByteArray();
  }

  /** Returns the response code, if {@code message} answers query {@code id}. */
  static Optional<Integer> responseCode(int id, byte[] message) {
    boolean answers =
        message.length >= HEADER
            && message[0] == (byte) (id >> 8)
            && message[1] == (byte) id
            && (message[2] & RESPONSE) != 0;
    return answers ? Optional.of(message[3] & 0x0f) : Optional.empty();
  }

  static String codeName(int code) {
    return code < CODES.length ? CODES[code] : String.valueOf(code);
  }
}
