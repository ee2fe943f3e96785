package community.cloudy.agent.config;

import community.cloudy.auth.Secret;
import community.cloudy.gossip.serf.Profile;
import community.cloudy.services.spi.settings.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Binds a tree to the records: the one list of keys and their defaults. */
final class Binding {
  private static final int MAX_LABEL = 255;

  private Binding() {}

  static AgentConfig agent(Section top, Problems problems) {
    AgentConfig config =
        new AgentConfig(
            node(top.section("node")),
            gossip(top.section("gossip")),
            discovery(top.section("discovery")),
            api(top.section("api")),
            AuthBinding.auth(top.section("auth")),
            ContainersBinding.containers(top.section("containers")),
            ModulesBinding.modules(top, problems),
            log(top.section("log")));
    top.end();
    return config;
  }

  private static NodeConfig node(Section node) {
    NodeConfig config =
        new NodeConfig(
            node.optional("name", NodeConfig::checkedName),
            node.value("data", Path.of("/var/lib/cloudy"), Binding::path),
            node.value("community", "", text -> upTo(128, text)),
            node.optional("latitude", text -> degrees(text, 90)),
            node.optional("longitude", text -> degrees(text, 180)));
    node.end();
    return config;
  }

  private static GossipConfig gossip(Section gossip) {
    GossipConfig config =
        new GossipConfig(
            gossip.value("bind", new HostPort("0.0.0.0", 7946), HostPort::parse),
            gossip.optional("advertise", HostPort::parse),
            gossip.list("join", Binding::joinAddress),
            gossip.value("profile", Profile.LAN, text -> choice(Profile.class, text)),
            keys(gossip),
            gossip.optional("keyring_file", Binding::path),
            Stream.of("encrypt_key_file", "keyring_file", "rpc_auth_file")
                .flatMap(key -> gossip.optional(key, Binding::path).stream())
                .collect(Collectors.toSet()),
            gossip.value("label", "", text -> upTo(MAX_LABEL, text)),
            gossip.flag("compression", true),
            gossip.optional("rpc", HostPort::parse),
            gossip.optional("rpc_auth_file", text -> KeyFile.secret(path(text))),
            gossip.texts("tags"),
            gossip.flag("leave_on_stop", true));
    gossip.end();
    return config;
  }

  private static List<Secret> keys(Section gossip) {
    Optional<List<Secret>> single =
        gossip.optional("encrypt_key_file", text -> KeyFile.key(path(text)));
    Optional<List<Secret>> ring =
        gossip.optional("keyring_file", text -> KeyFile.keyring(path(text)));
    if (single.isPresent() && ring.isPresent()) {
      gossip.problem("keyring_file", "cannot stand beside encrypt_key_file. Keep one of them");
    }
    return ring.or(() -> single).orElse(List.of());
  }

  private static DiscoveryConfig discovery(Section discovery) {
    DiscoveryConfig config =
        new DiscoveryConfig(
            discovery.flag("legacy_tag", true),
            discovery.flag("mdns", true),
            Set.copyOf(discovery.list("trusted_keys", Binding::fingerprint)),
            discovery.valueOr("hide_after", "2h", Settings::time));
    discovery.end();
    return config;
  }

  private static ApiConfig api(Section api) {
    ApiConfig config =
        new ApiConfig(
            api.optional("listen", Optional.of(new HostPort("127.0.0.1", 7000)), HostPort::parse),
            api.optional(
                "socket",
                Optional.of(Path.of("/run/cloudy/cloudy.sock")),
                text -> ApiConfig.checkedSocket(path(text))),
            api.list("hosts", text -> new HostPort(text, 0).host()),
            api.list("operators", text -> upTo(128, text)),
            tls(api, api.section("tls")),
            api.flag("insecure", false),
            api.flag("from_containers", false),
            Set.copyOf(api.listOr("metrics_from", List.of("127.0.0.1", "::1"), Binding::address)));
    api.end();
    return config;
  }

  private static Optional<ApiConfig.Tls> tls(Section api, Section tls) {
    Optional<Path> certificate = tls.optional("certificate", Binding::path);
    Optional<Path> key = tls.optional("key", Binding::path);
    if (certificate.isPresent() != key.isPresent()) {
      api.problem("tls", "needs both certificate and key");
    }
    tls.end();
    return certificate.isPresent() && key.isPresent()
        ? Optional.of(new ApiConfig.Tls(certificate.get(), key.get()))
        : Optional.empty();
  }

  /** Reads an address; a name, which would have to be resolved, is none. */
  private static InetAddress address(String text) {
    try {
      if (text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
        return InetAddress.getByName(text);
      }
    } catch (UnknownHostException e) {
      // Refused below.
    }
    throw new IllegalArgumentException("must hold addresses such as 10.1.2.3, not " + text);
  }

  private static LogConfig log(Section log) {
    LogConfig config =
        new LogConfig(
            log.value(
                "level", LogConfig.LogLevel.INFO, text -> choice(LogConfig.LogLevel.class, text)));
    log.end();
    return config;
  }

  static Path path(String text) {
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("is not a path: " + e.getReason(), e);
    }
  }

  private static String upTo(int length, String text) {
    if (text.length() > length || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "must be at most " + length + " characters, none of them a control character");
    }
    return text;
  }

  private static String fingerprint(String text) {
    if (!text.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "must hold fingerprints of 64 hexadecimal digits, as cloudy trust prints them");
    }
    return text;
  }

  private static double degrees(String text, int limit) {
    Function<String, Double> number = Double::valueOf;
    try {
      return NodeConfig.checkedDegrees(number.apply(text), limit);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a number of degrees, not " + text, e);
    }
  }

  private static String joinAddress(String text) {
    if (!text.matches("[^\\s\\p{Cntrl}]{1,400}")) {
      throw new IllegalArgumentException("must hold addresses such as 10.1.2.3:7946");
    }
    return text;
  }

  private static <E extends Enum<E>> E choice(Class<E> type, String text) {
    for (E constant : type.getEnumConstants()) {
      if (word(constant).equals(text)) {
        return constant;
      }
    }
    String words =
        Stream.of(type.getEnumConstants()).map(Binding::word).collect(Collectors.joining(", "));
    throw new IllegalArgumentException("must be one of " + words + ", not " + text);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
