package community.cloudy.containers.policy;

import community.cloudy.containers.engine.Limits;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Adds to a judged service what it should have said: limits, log rotation, addresses of ports. */
final class ServiceDefaults {
  // Images are got before Compose runs; it must not ask a registry when there is no network.
  private static final Set<String> DROPPED =
      Set.of("deploy", "env_file", "attach", "cgroup", "pull_policy");
  private static final Map<String, String> RESTARTS =
      Map.of("any", "always", "on-failure", "on-failure", "none", "no");

  private final Judging judging;

  ServiceDefaults(Judging judging) {
    this.judging = judging;
  }

  Yaml.Fields apply(Key key, Yaml.Fields service) {
    Map<String, Yaml.Field> fields = new LinkedHashMap<>();
    service
        .fields()
        .forEach(
            (name, field) -> {
              if (!DROPPED.contains(name)
                  && !name.startsWith("x-")
                  && !Yaml.isNull(field.value())) {
                fields.put(name, field);
              }
            });
    deployed(service.object("deploy"), fields);
    Limits limits = judging.settings().limits();
    put(fields, "mem_limit", Yaml.plain(Long.toString(limits.memory())));
    fields.computeIfAbsent("memswap_limit", swap -> fields.get("mem_limit"));
    put(fields, "cpus", Yaml.plain(BigDecimal.valueOf(limits.cpus(), 3).toPlainString()));
    put(fields, "pids_limit", Yaml.plain(Long.toString(limits.pids())));
    service.get("ports").ifPresent(ports -> set(fields, "ports", bound(key, ports)));
    set(fields, "logging", LoggingRules.rotated(service.object("logging")));
    set(fields, "security_opt", hardened(service.get("security_opt")));
    service.get("environment").ifPresent(e -> set(fields, "environment", withoutNull(e)));
    if (runsPlainProgram(service)) {
      put(fields, "init", Yaml.plain("true"));
    }
    return new Yaml.Fields(service.line(), fields);
  }

  private static void put(Map<String, Yaml.Field> fields, String key, Yaml value) {
    fields.putIfAbsent(key, new Yaml.Field(0, value));
  }

  private static void set(Map<String, Yaml.Field> fields, String key, Yaml value) {
    fields.put(key, new Yaml.Field(0, value));
  }

  /** One compose program honours {@code deploy}, the other does not: say the same in both. */
  private static void deployed(Yaml.Fields deploy, Map<String, Yaml.Field> fields) {
    Yaml.Fields limits = deploy.object("resources").object("limits");
    limits.get("memory").ifPresent(value -> put(fields, "mem_limit", value));
    limits.get("cpus").ifPresent(value -> put(fields, "cpus", number(value)));
    limits.get("pids").ifPresent(value -> put(fields, "pids_limit", number(value)));
    deploy
        .object("resources")
        .object("reservations")
        .get("memory")
        .ifPresent(value -> put(fields, "mem_reservation", value));
    deploy.get("replicas").ifPresent(value -> put(fields, "scale", number(value)));
    deploy
        .object("restart_policy")
        .text("condition")
        .flatMap(condition -> Optional.ofNullable(RESTARTS.get(condition)))
        .ifPresent(restart -> put(fields, "restart", Yaml.quoted(restart)));
  }

  private static Yaml number(Yaml value) {
    return Yaml.plain(Yaml.text(value).orElse("0"));
  }

  private Yaml bound(Key key, Yaml ports) {
    return new PortRules(judging).judge(key.then("ports"), ports);
  }

  private static Yaml hardened(Optional<Yaml> options) {
    List<Yaml> all = new ArrayList<>();
    if (options.orElse(null) instanceof Yaml.Items items) {
      all.addAll(items.items());
    }
    boolean said =
        all.stream().anyMatch(o -> Yaml.text(o).orElse("").startsWith("no-new-privileges"));
    if (!said) {
      all.add(Yaml.quoted("no-new-privileges:true"));
    }
    return new Yaml.Items(0, all);
  }

  /** A variable without a value is taken from who runs Compose: the agent, which gives it none. */
  private static Yaml withoutNull(Yaml environment) {
    if (environment instanceof Yaml.Fields fields) {
      Map<String, Yaml.Field> kept = new LinkedHashMap<>(fields.fields());
      kept.values().removeIf(field -> Yaml.isNull(field.value()));
      return new Yaml.Fields(fields.line(), kept);
    }
    if (environment instanceof Yaml.Items items) {
      return new Yaml.Items(
          items.line(),
          items.items().stream().filter(i -> Yaml.text(i).orElse("").contains("=")).toList());
    }
    return environment;
  }

  /**
   * An image whose entry point is an init already breaks under a second one; we know that it is
   * none only where the service names a program itself.
   */
  private static boolean runsPlainProgram(Yaml.Fields service) {
    Optional<Yaml> entrypoint = service.get("entrypoint");
    Optional<String> first =
        entrypoint.flatMap(
            e ->
                e instanceof Yaml.Items items
                    ? items.items().stream().findFirst().flatMap(Yaml::text)
                    : Yaml.text(e).map(text -> text.strip().split("\\s", 2)[0]));
    return first.isPresent() && !first.get().matches("|.*init.*|.*tini.*|.*s6.*|.*catatonit.*");
  }
}
