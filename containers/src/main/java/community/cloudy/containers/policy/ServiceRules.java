package community.cloudy.containers.policy;

import static java.util.Map.entry;

import community.cloudy.containers.policy.Grant.Kind;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Which keys a service may have, and with which values. A key that is not here is refused. */
final class ServiceRules {
  /** Keys that reach no further than the container itself. */
  private static final Set<String> FREE =
      Set.of(
          "attach",
          "cap_drop",
          "command",
          "container_name",
          "cpu_shares",
          "cpuset",
          "depends_on",
          "dns",
          "dns_opt",
          "dns_search",
          "domainname",
          "entrypoint",
          "environment",
          "expose",
          "extra_hosts",
          "group_add",
          "hostname",
          "image",
          "init",
          "links",
          "mac_address",
          "mem_swappiness",
          "platform",
          "profiles",
          "pull_policy",
          "read_only",
          "restart",
          "stdin_open",
          "stop_grace_period",
          "stop_signal",
          "tty",
          "user",
          "working_dir");

  private static final Set<String> HEALTHCHECK =
      Set.of("test", "interval", "timeout", "retries", "start_period", "start_interval", "disable");
  private static final Set<String> FILE_USE = Set.of("source", "target", "uid", "gid", "mode");
  private static final int MOST_REPLICAS = 16;

  private final Judging judging;
  private final Yaml.Fields model;
  private final MountRules mounts;
  private final Key key;
  private final Yaml.Fields service;
  private final Map<String, Consumer<Yaml>> rules;

  ServiceRules(Judging judging, Yaml.Fields model, MountRules mounts, String name) {
    this.judging = judging;
    this.model = model;
    this.mounts = mounts;
    key = new Key(java.util.List.of("services", name));
    service = model.object("services").object(name);
    LimitRules limits = new LimitRules(judging, key);
    SecurityRules security = new SecurityRules(judging);
    rules =
        Map.ofEntries(
            entry(
                "build", value -> new BuildRules(judging, mounts).judge(key.then("build"), value)),
            entry("cap_add", value -> security.capabilities(key.then("cap_add"), value)),
            entry("cgroup", value -> namespace("cgroup", value, Set.of("private"))),
            entry("configs", value -> filesUsed("configs", value)),
            entry("cpus", limits::cpus),
            entry("deploy", limits::deploy),
            entry("devices", value -> security.devices(key.then("devices"), value)),
            entry("healthcheck", value -> onlyKeys("healthcheck", value, HEALTHCHECK)),
            entry("ipc", value -> namespace("ipc", value, Set.of("private", "shareable", "none"))),
            entry("labels", value -> new LabelRules(judging).judge(key.then("labels"), of(value))),
            entry("logging", value -> new LoggingRules(judging).judge(key.then("logging"), value)),
            entry("mem_limit", value -> limits.memory(key.then("mem_limit"), value)),
            entry("mem_reservation", value -> limits.memory(key.then("mem_reservation"), value)),
            entry("memswap_limit", value -> limits.swap(key.then("memswap_limit"), value)),
            entry("network_mode", value -> namespace("network_mode", value, PLAIN_NETWORKS)),
            entry(
                "networks", value -> new NetworkRules(judging).joined(key.then("networks"), value)),
            entry("oom_score_adj", limits::oomScore),
            entry("pid", value -> namespace("pid", value, Set.of())),
            entry("pids_limit", limits::pids),
            entry("ports", value -> new PortRules(judging).judge(key.then("ports"), value)),
            entry("privileged", this::privileged),
            entry("scale", value -> replicas(key.then("scale"), value)),
            entry("secrets", value -> filesUsed("secrets", value)),
            entry("security_opt", value -> security.options(key.then("security_opt"), value)),
            entry("shm_size", value -> limits.memory(key.then("shm_size"), value)),
            entry("sysctls", value -> security.sysctls(key.then("sysctls"), value)),
            entry("tmpfs", this::tmpfs),
            entry("ulimits", limits::ulimits),
            entry("userns_mode", value -> namespace("userns_mode", value, Set.of())),
            entry("uts", value -> namespace("uts", value, Set.of())),
            entry("volumes", this::volumes));
  }

  private static final Set<String> PLAIN_NETWORKS = Set.of("bridge", "default", "none");

  private static java.util.Optional<Yaml> of(Yaml value) {
    return java.util.Optional.of(value);
  }

  void judge() {
    for (var field : service.fields().entrySet()) {
      String name = field.getKey();
      Yaml value = field.getValue().value();
      if (Yaml.isNull(value) || FREE.contains(name) || name.startsWith("x-")) {
        continue;
      }
      Consumer<Yaml> rule = rules.get(name);
      if (rule == null) {
        unknown(name);
      } else {
        rule.accept(value);
      }
    }
    if (service.get("image").isEmpty() && service.get("build").isEmpty()) {
      judging.findings().refuse(key, "has no image", "Name one under image.");
    }
  }

  private void unknown(String name) {
    judging.findings().unknown(key.then(name));
  }

  private void privileged(Yaml value) {
    if (!Yaml.text(value).orElse("").equals("false")) {
      judging
          .findings()
          .refuseUngranted(
              key.then("privileged"), "gives the container the whole machine", Kind.PRIVILEGED, "");
    }
  }

  /** A namespace may be the container's own, or another service's of the stack. */
  private void namespace(String name, Yaml value, Set<String> allowed) {
    String text = Yaml.text(value).orElse("?");
    boolean sibling =
        text.startsWith("service:")
            && model.object("services").fields().containsKey(text.substring(8));
    if (!allowed.contains(text) && !sibling) {
      String which = name.replace("_mode", "").toLowerCase(Locale.ROOT);
      boolean host = text.equals("host");
      if (host) {
        judging
            .findings()
            .refuseUngranted(
                key.then(name), "shares the node's " + which + " namespace", Kind.HOST, which);
      } else {
        judging
            .findings()
            .refuse(
                key.then(name), "shares a namespace that is not the stack's own", "Take it out.");
      }
    }
  }

  private void onlyKeys(String name, Yaml value, Set<String> allowed) {
    if (!(value instanceof Yaml.Fields fields)) {
      judging.findings().malformed(key.then(name), "an object");
      return;
    }
    fields.fields().keySet().stream()
        .filter(field -> !allowed.contains(field) && !field.startsWith("x-"))
        .forEach(field -> judging.findings().unknown(key.then(name).then(field)));
  }

  private void filesUsed(String name, Yaml value) {
    if (!(value instanceof Yaml.Items items)) {
      judging.findings().malformed(key.then(name), "a list");
      return;
    }
    for (int i = 0; i < items.items().size(); i++) {
      Key at = key.then(name).then(i);
      Yaml.asFields(items.items().get(i)).stream()
          .flatMap(use -> use.fields().keySet().stream())
          .filter(field -> !FILE_USE.contains(field))
          .forEach(field -> judging.findings().unknown(at.then(field)));
    }
  }

  private void replicas(Key at, Yaml value) {
    LimitRules.replicas(judging, at, value, MOST_REPLICAS);
  }

  private void volumes(Yaml value) {
    if (!(value instanceof Yaml.Items items)) {
      judging.findings().malformed(key.then("volumes"), "a list");
      return;
    }
    for (int i = 0; i < items.items().size(); i++) {
      mounts.volumes(key.then("volumes").then(i), items.items().get(i));
    }
  }

  private void tmpfs(Yaml value) {
    Yaml.Items items =
        value instanceof Yaml.Items several
            ? several
            : new Yaml.Items(value.line(), java.util.List.of(value));
    for (int i = 0; i < items.items().size(); i++) {
      mounts.tmpfs(key.then("tmpfs").then(i), Yaml.text(items.items().get(i)).orElse(":?"));
    }
  }
}
