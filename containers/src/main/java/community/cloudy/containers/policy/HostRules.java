package community.cloudy.containers.policy;

import static java.util.Map.entry;

import community.cloudy.containers.policy.Grant.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What a container may have of the node, in the engine's own words ({@code HostConfig}): the last
 * look, at what was really made. A word that is not here is refused unless it says nothing.
 */
final class HostRules {
  /** Words that reach no further than the container itself. */
  private static final Set<String> FREE =
      Set.of(
          "AutoRemove",
          "CapDrop",
          "ConsoleSize",
          "ContainerIDFile",
          "CpuPeriod",
          "CpuQuota",
          "CpuShares",
          "CpusetCpus",
          "CpusetMems",
          "Dns",
          "DnsOptions",
          "DnsSearch",
          "ExtraHosts",
          "GroupAdd",
          "Init",
          "Links",
          "MaskedPaths",
          "MemorySwap",
          "MemorySwappiness",
          "ReadonlyPaths",
          "ReadonlyRootfs",
          "RestartPolicy",
          "ShmSize");

  private final Judging judging;
  private final Map<String, BiConsumer<Key, Object>> rules;

  HostRules(Judging judging) {
    this.judging = judging;
    SecurityRules security = new SecurityRules(judging);
    LimitRules limits = new LimitRules(judging, Key.ROOT);
    rules =
        Map.ofEntries(
            entry("Binds", (key, value) -> each(key, value, this::bind)),
            entry("CapAdd", (key, value) -> each(key, value, security::capability)),
            // With control groups of version 1 the node's is what the engine gives by itself.
            entry("CgroupnsMode", oneOf("private", "host")),
            entry("Devices", this::devices),
            entry(
                "IpcMode",
                (key, value) -> namespace(key, value, Set.of("private", "shareable", "none"))),
            entry("Isolation", oneOf("default")),
            entry("LogConfig", this::logs),
            entry("Memory", (key, value) -> limits.memory(key, number(value))),
            entry("MemoryReservation", (key, value) -> limits.memory(key, number(value))),
            entry("Mounts", this::mounts),
            entry("NanoCpus", (key, value) -> limits.cpus(key, number(value) / 1e9)),
            entry("NetworkMode", this::network),
            entry("OomScoreAdj", (key, value) -> limits.oomScore(Yaml.plain(value.toString()))),
            entry("PidMode", (key, value) -> namespace(key, value, Set.of())),
            entry("PidsLimit", (key, value) -> limits.pids(key, number(value))),
            entry("PortBindings", this::ports),
            entry("Privileged", this::privileged),
            entry("Runtime", oneOf("runc", "io.containerd.runc.v2")),
            entry("SecurityOpt", (key, value) -> each(key, value, security::option)),
            entry(
                "Sysctls",
                (key, value) -> map(value).keySet().forEach(s -> security.sysctl(key.then(s), s))),
            entry("Tmpfs", this::tmpfs),
            entry("Ulimits", this::ulimits),
            entry("UTSMode", (key, value) -> namespace(key, value, Set.of())),
            entry("UsernsMode", (key, value) -> namespace(key, value, Set.of())),
            entry("VolumeDriver", oneOf("local")));
  }

  void judge(Map<String, Object> host) {
    host.forEach(
        (name, value) -> {
          if (FREE.contains(name) || saysNothing(value)) {
            return;
          }
          BiConsumer<Key, Object> rule = rules.get(name);
          if (rule == null) {
            judging.findings().unknown(Key.ROOT.then(name));
          } else {
            rule.accept(Key.ROOT.then(name), value);
          }
        });
    boolean privileged = Boolean.TRUE.equals(host.get("Privileged"));
    // systempaths=unconfined does not show in SecurityOpt, only in what is no longer hidden.
    boolean bare = host.get("MaskedPaths") instanceof List<?> hidden && hidden.isEmpty();
    if (bare && !privileged) {
      new SecurityRules(judging).option(Key.ROOT.then("MaskedPaths"), "systempaths=unconfined");
    }
  }

  private static boolean saysNothing(Object value) {
    return value.equals("")
        || value.equals(false)
        || (value instanceof Number number && number.doubleValue() == 0)
        || (value instanceof Collection<?> all && all.isEmpty())
        || (value instanceof Map<?, ?> all && all.isEmpty());
  }

  private BiConsumer<Key, Object> oneOf(String... allowed) {
    return (key, value) -> {
      if (!List.of(allowed).contains(value.toString())) {
        judging.findings().refuse(key, "is " + value, "Take it out.");
      }
    };
  }

  private static void each(Key key, Object value, BiConsumer<Key, String> rule) {
    int index = 0;
    for (Object item : list(value)) {
      rule.accept(key.then(index++), item.toString());
    }
  }

  private void privileged(Key key, Object value) {
    judging
        .findings()
        .refuseUngranted(key, "gives the container the whole machine", Kind.PRIVILEGED, "");
  }

  private void namespace(Key key, Object value, Set<String> allowed) {
    String text = value.toString();
    boolean sibling =
        text.startsWith("container:") && judging.scope().containers().contains(text.substring(10));
    if (text.equals("host")) {
      String which = key.toString().replace("Mode", "").toLowerCase(Locale.ROOT);
      judging
          .findings()
          .refuseUngranted(key, "shares the node's " + which + " namespace", Kind.HOST, which);
    } else if (!allowed.contains(text) && !sibling) {
      judging
          .findings()
          .refuse(key, "shares a namespace that is not the stack's own", "Take it out.");
    }
  }

  private void network(Key key, Object value) {
    String text = value.toString();
    boolean own = text.startsWith(judging.scope().stack() + "_");
    boolean granted = judging.scope().exceptions().values(Kind.NETWORK).contains(text);
    if (text.startsWith("container:") || text.equals("host")) {
      namespace(key, value, Set.of());
    } else if (!Set.of("default", "bridge", "none").contains(text) && !own && !granted) {
      String name = MountRules.VOLUME_NAME.matcher(text).matches() ? text : "NAME";
      judging
          .findings()
          .refuseUngranted(key, "joins a network that is not the stack's own", Kind.NETWORK, name);
    }
  }

  private void devices(Key key, Object value) {
    int index = 0;
    for (Object device : list(value)) {
      Object path = map(device).get("PathOnHost");
      new SecurityRules(judging).device(key.then(index++), path == null ? "" : path.toString());
    }
  }

  private void logs(Key key, Object value) {
    LoggingRules rules = new LoggingRules(judging);
    Object driver = map(value).get("Type");
    rules.driver(key.then("Type"), driver == null ? "json-file" : driver.toString());
    Object options = map(value).get("Config");
    map(options == null ? Map.of() : options)
        .forEach(
            (option, text) ->
                rules.option(key.then("Config").then(option), option, text.toString()));
  }

  private void ports(Key key, Object value) {
    map(value)
        .forEach(
            (port, bindings) ->
                list(bindings)
                    .forEach(
                        binding -> {
                          Object address = map(binding).get("HostIp");
                          port(key.then(port), address == null ? "" : address.toString());
                        }));
  }

  private void port(Key key, String address) {
    String bound = new PortRules(judging).address(key, address);
    if (!bound.equals(address) && !(bound.equals("0.0.0.0") && address.equals("::"))) {
      judging
          .findings()
          .refuse(key, "is open on every address of this node", "Bind it to " + bound + ".");
    }
  }

  private void bind(Key key, String text) {
    Mount.shortForm(text)
        .ifPresentOrElse(
            mount -> new MountRules(judging).options(key, mount),
            () -> judging.findings().malformed(key, "SOURCE:TARGET[:MODE]"));
  }

  /** What is mounted is judged by itself; here only how. */
  private void mounts(Key key, Object value) {
    int index = 0;
    for (Object mount : list(value)) {
      Key at = key.then(index++);
      Object bind = map(mount).getOrDefault("BindOptions", Map.of());
      Object propagation = map(bind).getOrDefault("Propagation", "");
      if (!Set.of("", "private", "rprivate").contains(propagation.toString())) {
        judging.findings().refuse(at, "spreads mounts to the node", "Leave the propagation out.");
      }
    }
  }

  private void tmpfs(Key key, Object value) {
    map(value)
        .forEach(
            (target, options) ->
                new MountRules(judging)
                    .tmpfs(key.then(target), options.equals("") ? target : target + ":" + options));
  }

  private void ulimits(Key key, Object value) {
    for (Object item : list(value)) {
      Map<String, Object> limit = map(item);
      String name = limit.getOrDefault("Name", "").toString();
      for (String part : List.of("Soft", "Hard")) {
        String text = limit.getOrDefault(part, 0).toString();
        new LimitRules(judging, Key.ROOT).ulimit(key.then(name).then(part), name, text);
      }
    }
  }

  private static long number(Object value) {
    return value instanceof Number number ? number.longValue() : -1;
  }

  private static List<Object> list(Object value) {
    return value instanceof List<?> items ? List.copyOf(items) : List.of();
  }

  private static Map<String, Object> map(Object value) {
    Map<String, Object> result = new java.util.LinkedHashMap<>();
    if (value instanceof Map<?, ?> fields) {
      fields.forEach(
          (name, field) -> {
            if (field != null) {
              result.put(String.valueOf(name), field);
            }
          });
    }
    return result;
  }
}
