package community.cloudy.containers.policy;

import community.cloudy.containers.policy.Grant.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** On which of the node's addresses a container's ports may be. */
final class PortRules {
  private static final String NUMBERS = "[0-9]{1,5}(?:-[0-9]{1,5})?";
  private static final Pattern SHORT =
      Pattern.compile(
          "(?:(\\[[0-9a-fA-F:.]+\\]|[0-9]+(?:\\.[0-9]+){3}|[0-9a-fA-F:]*::[0-9a-fA-F:]*):)?(?:("
              + NUMBERS
              + ")?:)?("
              + NUMBERS
              + ")(?:/(tcp|udp|sctp))?");
  private static final Set<String> LONG_KEYS =
      Set.of("target", "published", "host_ip", "protocol", "mode", "name", "app_protocol");

  private final Judging judging;

  PortRules(Judging judging) {
    this.judging = judging;
  }

  private record Port(String address, String published, String target, String protocol) {
    @Override
    public String toString() {
      String ip = address.contains(":") ? "[" + address + "]" : address;
      return ip + ":" + published + ":" + target + "/" + protocol;
    }
  }

  /** Judges a list of ports and returns them, each bound to an address. */
  Yaml judge(Key key, Yaml ports) {
    List<Yaml> bound = new ArrayList<>();
    if (!(ports instanceof Yaml.Items list)) {
      judging.findings().malformed(key, "a list");
      return ports;
    }
    for (int i = 0; i < list.items().size(); i++) {
      Key at = key.then(i);
      Optional<Port> port = port(at, list.items().get(i));
      if (port.isEmpty()) {
        judging.findings().malformed(at, "[ADDRESS:][PUBLISHED:]TARGET[/PROTOCOL]");
      }
      port.ifPresent(p -> bound.add(Yaml.quoted(bind(at, p).toString())));
    }
    return new Yaml.Items(0, bound);
  }

  private Optional<Port> port(Key key, Yaml entry) {
    if (entry instanceof Yaml.Fields fields) {
      fields.fields().keySet().stream()
          .filter(field -> !LONG_KEYS.contains(field))
          .forEach(field -> judging.findings().unknown(key.then(field)));
      String text =
          fields.text("host_ip").map(ip -> ip.contains(":") ? "[" + ip + "]:" : ip + ":").orElse("")
              + fields.text("published").orElse("")
              + ":"
              + fields.text("target").orElse("")
              + "/"
              + fields.text("protocol").orElse("tcp");
      return shortForm(text.startsWith(":") ? text.substring(1) : text);
    }
    return Yaml.text(entry).flatMap(PortRules::shortForm);
  }

  private static Optional<Port> shortForm(String text) {
    Matcher matcher = SHORT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String address = matcher.group(1) == null ? "" : matcher.group(1).replaceAll("[\\[\\]]", "");
    String published = matcher.group(2) == null ? "" : matcher.group(2);
    String protocol = matcher.group(4) == null ? "tcp" : matcher.group(4);
    return Optional.of(new Port(address, published, matcher.group(3), protocol));
  }

  private Port bind(Key key, Port port) {
    return new Port(address(key, port.address()), port.published(), port.target(), port.protocol());
  }

  /** Returns where a port asked for on {@code address} is published. */
  String address(Key key, String address) {
    boolean everywhere = address.isEmpty() || address.equals("0.0.0.0") || address.equals("::");
    if (judging.scope().exceptions().allow(Kind.ADDRESS, everywhere ? "0.0.0.0" : address)) {
      return everywhere ? "0.0.0.0" : address;
    }
    if (everywhere) {
      return judging.settings().address();
    }
    if (!isLoopback(address) && !address.equals(judging.settings().address())) {
      judging
          .findings()
          .refuse(
              key,
              "publishes a port on "
                  + address
                  + ", which is not this node's address "
                  + judging.settings().address(),
              "Leave the address out, or ask an admin for the exception address:" + address + ".");
    }
    return address;
  }

  static boolean isLoopback(String address) {
    return address.startsWith("127.") || address.equals("::1");
  }
}
