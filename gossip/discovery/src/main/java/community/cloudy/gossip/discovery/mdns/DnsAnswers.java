package community.cloudy.gossip.discovery.mdns;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one DNS message (RFC 1035, section 4) says of the service instances that were asked for.
 * Takes any bytes: what cannot be read ends the message, what was read before it counts.
 */
final class DnsAnswers {
  /** A message with more records than this is not looked at further. */
  private static final int MAX_RECORDS = 64;

  private static final int MAX_NAME = 255;
  private static final int MAX_JUMPS = 16;
  private static final int PTR = 12;
  private static final int TXT = 16;
  private static final int SRV = 33;
  private static final int A = 1;
  private static final int AAAA = 28;

  private final ByteBuffer in;
  private final Map<String, Search> instances = new LinkedHashMap<>();
  private final Map<String, Service> services = new HashMap<>();
  private final Map<String, Set<String>> texts = new HashMap<>();
  private final Map<String, List<InetAddress>> hosts = new HashMap<>();

  private record Service(int port, String host) {}

  /** An instance, and where it says it is. */
  record Answer(String instance, List<InetAddress> addresses, int port) {}

  private DnsAnswers(byte[] message) {
    in = ByteBuffer.wrap(message);
  }

  /**
   * What to look for.
   *
   * @param type the full name of a service type, with a dot at its end
   * @param text an entry the instance's text must have; empty if any will do
   */
  record Search(String type, Optional<String> text) {}

  /** Returns one message that asks for the instances of all that is searched. */
  static byte[] question(List<Search> searches) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0, 0, 0, 0, 0, (byte) searches.size(), 0, 0, 0, 0, 0, 0});
    for (Search search : searches) {
      for (String label : search.type().split("\\.", -1)) {
        byte[] bytes = label.getBytes(StandardCharsets.UTF_8);
        out.write(bytes.length);
        out.writeBytes(bytes);
      }
      out.writeBytes(new byte[] {0, PTR, 0, 1});
    }
    return out.toByteArray();
  }

  /** Returns the instances searched that {@code message} tells enough of to join them. */
  static List<Answer> read(byte[] message, List<Search> searches) {
    DnsAnswers answers = new DnsAnswers(message);
    try {
      answers.readRecords(searches);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      // The rest makes no sense.
    }
    return answers.instances.keySet().stream().flatMap(i -> answers.find(i).stream()).toList();
  }

  private Optional<Answer> find(String instance) {
    Service service = services.get(instance);
    Search search = instances.get(instance);
    if (service == null || search == null || !hasText(instance, search)) {
      return Optional.empty();
    }
    List<InetAddress> addresses = hosts.getOrDefault(service.host(), List.of());
    return Optional.of(new Answer(instance, addresses, service.port()));
  }

  private boolean hasText(String instance, Search search) {
    return search.text().map(texts.getOrDefault(instance, Set.of())::contains).orElse(true);
  }

  private void readRecords(List<Search> searches) {
    in.position(4);
    int questions = unsignedShort();
    int records = unsignedShort() + unsignedShort() + unsignedShort();
    for (int i = 0; i < Math.min(questions, MAX_RECORDS); i++) {
      name();
      in.getInt();
    }
    for (int i = 0; i < Math.min(records, MAX_RECORDS); i++) {
      readRecord(searches);
    }
  }

  private void readRecord(List<Search> searches) {
    String owner = name();
    int kind = unsignedShort();
    in.position(in.position() + 6); // class and time to live
    int length = unsignedShort();
    int end = in.position() + length;
    switch (kind) {
      case PTR -> {
        String instance = name();
        searches.stream()
            .filter(search -> search.type().equalsIgnoreCase(owner))
            .forEach(search -> instances.put(instance, search));
      }
      case SRV -> {
        in.getInt(); // priority and weight
        services.put(owner, new Service(unsignedShort(), name()));
      }
      case A, AAAA -> hosts.computeIfAbsent(owner, o -> new ArrayList<>()).add(address(kind));
      case TXT -> texts.put(owner, strings(length));
      default -> {
        // What nobody asked for.
      }
    }
    in.position(end);
  }

  private InetAddress address(int kind) {
    byte[] bytes = new byte[kind == A ? 4 : 16];
    in.get(bytes);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private Set<String> strings(int length) {
    Set<String> strings = new HashSet<>();
    for (int end = in.position() + length; in.position() < end; ) {
      byte[] bytes = new byte[in.get() & 0xff];
      in.get(bytes);
      strings.add(new String(bytes, StandardCharsets.UTF_8));
    }
    return strings;
  }

  private int unsignedShort() {
    return in.getShort() & 0xffff;
  }

  /** Reads a name in lower case, and stands behind it afterwards. */
  private String name() {
    StringBuilder name = new StringBuilder();
    int behind = -1;
    int jumps = 0;
    for (int length = in.get() & 0xff; length != 0; length = in.get() & 0xff) {
      if (length >= 0xc0) {
        int target = (length & 0x3f) << 8 | (in.get() & 0xff);
        behind = behind < 0 ? in.position() : behind;
        if (++jumps > MAX_JUMPS) {
          throw new IllegalArgumentException("a name without an end");
        }
        in.position(target);
        continue;
      }
      byte[] label = new byte[length];
      in.get(label);
      name.append(new String(label, StandardCharsets.UTF_8)).append('.');
      if (length > 63 || name.length() > MAX_NAME) {
        throw new IllegalArgumentException("a name that is too long");
      }
    }
    if (behind >= 0) {
      in.position(behind);
    }
    return name.toString().toLowerCase(Locale.ROOT);
  }
}
