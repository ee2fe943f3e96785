package community.cloudy.containers.policy;

import community.cloudy.containers.policy.Grant.Kind;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Networks a stack may make or join. */
final class NetworkRules {
  private static final Set<String> ALLOWED =
      Set.of("internal", "attachable", "enable_ipv4", "enable_ipv6", "external", "name");
  private static final Set<String> OPTIONS =
      Set.of(
          "com.docker.network.driver.mtu",
          "com.docker.network.bridge.enable_icc",
          "com.docker.network.bridge.enable_ip_masquerade");
  private static final Set<String> ENDPOINT =
      Set.of(
          "aliases",
          "ipv4_address",
          "ipv6_address",
          "link_local_ips",
          "mac_address",
          "priority",
          "gw_priority");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}");

  private final Judging judging;

  NetworkRules(Judging judging) {
    this.judging = judging;
  }

  /** Judges a network at the top level. */
  void declared(Key key, String name, Yaml.Fields network) {
    for (String field : network.fields().keySet()) {
      Key at = key.then(field);
      switch (field) {
        case "driver" -> {
          if (!network.text("driver").orElse("bridge").equals("bridge")) {
            judging
                .findings()
                .refuse(at, "is the driver " + network.text("driver").orElse("?"), "Use bridge.");
          }
        }
        case "driver_opts" ->
            network.object("driver_opts").fields().keySet().stream()
                .filter(option -> !OPTIONS.contains(option))
                .forEach(option -> judging.findings().unknown(at.then(option)));
        case "ipam" -> ipam(at, network.object("ipam"));
        case "labels" -> new LabelRules(judging).judge(at, network.get("labels"));
        default -> {
          if (!ALLOWED.contains(field) && !field.startsWith("x-")) {
            judging.findings().unknown(at);
          }
        }
      }
    }
    owner(key, name, network);
  }

  private void owner(Key key, String name, Yaml.Fields network) {
    String real = externalName(network).orElse(network.text("name").orElse(name));
    boolean external = external(network);
    boolean named = network.text("name").isPresent();
    if (external || (named && !real.startsWith(judging.scope().stack() + "_"))) {
      judging
          .findings()
          .refuseUngranted(
              key.then(external ? "external" : "name"),
              "is the network " + real + ", which is not the stack's own",
              Kind.NETWORK,
              NAME.matcher(real).matches() ? real : "NAME");
    }
  }

  /** Returns whether {@code declared} is someone else's. */
  static boolean external(Yaml.Fields declared) {
    return declared.get("external").isPresent()
        && !declared.text("external").orElse("true").equals("false");
  }

  /** Returns the name of someone else's in the old form {@code external: {name: ...}}. */
  static Optional<String> externalName(Yaml.Fields declared) {
    return declared.object("external").text("name");
  }

  private void ipam(Key key, Yaml.Fields ipam) {
    for (String field : ipam.fields().keySet()) {
      boolean plain = field.equals("driver") && ipam.text(field).orElse("").equals("default");
      if (!plain && !field.equals("config")) {
        judging.findings().unknown(key.then(field));
      }
    }
    if (!(ipam.get("config").orElse(null) instanceof Yaml.Items configs)) {
      return;
    }
    for (int i = 0; i < configs.items().size(); i++) {
      Key at = key.then("config").then(i);
      Yaml.Fields config =
          Yaml.asFields(configs.items().get(i)).orElse(new Yaml.Fields(0, java.util.Map.of()));
      config.fields().keySet().stream()
          .filter(f -> !Set.of("subnet", "gateway", "ip_range", "aux_addresses").contains(f))
          .forEach(f -> judging.findings().unknown(at.then(f)));
      config.text("subnet").ifPresent(subnet -> subnet(at.then("subnet"), subnet));
    }
  }

  /** A network with the community's addresses would take the node's routes to it. */
  private void subnet(Key key, String text) {
    Optional<Subnet> subnet = Subnet.parse(text);
    if (subnet.isEmpty()) {
      judging.findings().malformed(key, "a network like 172.28.0.0/16");
    } else if (!subnet.get().isPrivateToContainers()
        || subnet.get().contains(judging.settings().address())) {
      judging
          .findings()
          .refuseUngranted(
              key,
              "takes addresses that may be the community's; those in 172.16.0.0/12 are free",
              Kind.SUBNET,
              text);
    }
  }

  /** Judges how a service joins its networks. */
  void joined(Key key, Yaml networks) {
    if (networks instanceof Yaml.Fields fields) {
      for (var network : fields.fields().entrySet()) {
        Yaml.asFields(network.getValue().value()).stream()
            .flatMap(endpoint -> endpoint.fields().keySet().stream())
            .filter(field -> !ENDPOINT.contains(field) && !field.startsWith("x-"))
            .forEach(field -> judging.findings().unknown(key.then(network.getKey()).then(field)));
      }
    } else if (!(networks instanceof Yaml.Items)) {
      judging.findings().malformed(key, "a list of networks");
    }
  }
}
