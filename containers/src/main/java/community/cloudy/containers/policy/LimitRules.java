package community.cloudy.containers.policy;

import community.cloudy.containers.policy.Grant.Kind;
import java.util.Map;
import java.util.Set;

/** How much of the node a service may ask for. */
final class LimitRules {
  private static final Set<String> DEPLOY_FREE =
      Set.of(
          "labels",
          "mode",
          "endpoint_mode",
          "update_config",
          "rollback_config",
          "placement",
          "restart_policy");
  private static final int MOST_REPLICAS = 16;

  /** Memory a process locks counts within the container's own limit, so memlock needs no bound. */
  private static final Map<String, Long> ULIMITS =
      Map.of(
          "nofile", 1L << 20,
          "nproc", 1L << 16,
          "core", 0L,
          "stack", 64L << 20,
          "memlock", Long.MAX_VALUE);

  private final Judging judging;
  private final Key key;

  LimitRules(Judging judging, Key key) {
    this.judging = judging;
    this.key = key;
  }

  void memory(Key at, Yaml value) {
    String text = Yaml.text(value).orElse("");
    long bytes = Quantity.bytes(text).orElse(-1);
    if (bytes < 0) {
      judging.findings().malformed(at, "an amount of memory like 512m");
    } else {
      memory(at, bytes);
    }
  }

  void memory(Key at, long bytes) {
    above(
        at,
        Kind.MEMORY,
        (double) bytes,
        (double) judging.settings().most().memory(),
        bytes >> 20,
        "m");
  }

  void swap(Key at, Yaml value) {
    memory(at, value);
  }

  void cpus(Yaml value) {
    cpus(key.then("cpus"), Quantity.cpus(Yaml.text(value).orElse("")));
  }

  void cpus(Key at, double cpus) {
    if (cpus <= 0) {
      judging.findings().malformed(at, "a number of processors like 0.5");
    } else {
      long whole = (long) Math.ceil(cpus);
      above(at, Kind.CPUS, cpus, judging.settings().most().cpus() / 1000.0, whole, "");
    }
  }

  void pids(Yaml value) {
    pids(key.then("pids_limit"), Quantity.count(Yaml.text(value).orElse("")));
  }

  void pids(Key at, long pids) {
    if (pids <= 0) {
      judging.findings().malformed(at, "a number of processes above 0");
    } else {
      above(at, Kind.PIDS, (double) pids, (double) judging.settings().most().pids(), pids, "");
    }
  }

  /** Refuses what is above the most, unless an admin granted at least as much. */
  private void above(Key at, Kind kind, double asked, double most, long shown, String unit) {
    double granted =
        judging.scope().exceptions().values(kind).stream()
            .mapToDouble(v -> Quantity.bytes(v).orElse(0))
            .max()
            .orElse(0);
    if (asked > most && asked > granted) {
      judging
          .findings()
          .refuse(
              at,
              "asks for more than this node gives a container",
              Findings.remedy(new Grant(kind, shown + unit)));
    }
  }

  void oomScore(Yaml value) {
    if (Quantity.count(Yaml.text(value).orElse("")) < 0) {
      judging
          .findings()
          .refuse(key.then("oom_score_adj"), "lets others be killed first", "Take it out.");
    }
  }

  void deploy(Yaml value) {
    Key at = key.then("deploy");
    if (!(value instanceof Yaml.Fields deploy)) {
      judging.findings().malformed(at, "an object");
      return;
    }
    for (var field : deploy.fields().entrySet()) {
      switch (field.getKey()) {
        case "replicas" ->
            replicas(judging, at.then("replicas"), field.getValue().value(), MOST_REPLICAS);
        case "resources" -> resources(at.then("resources"), deploy.object("resources"));
        default -> {
          if (!DEPLOY_FREE.contains(field.getKey()) && !field.getKey().startsWith("x-")) {
            judging.findings().unknown(at.then(field.getKey()));
          }
        }
      }
    }
  }

  private void resources(Key at, Yaml.Fields resources) {
    for (String part : resources.fields().keySet()) {
      if (!part.equals("limits") && !part.equals("reservations")) {
        judging.findings().unknown(at.then(part));
        continue;
      }
      for (var field : resources.object(part).fields().entrySet()) {
        Key here = at.then(part).then(field.getKey());
        switch (field.getKey()) {
          case "memory" -> memory(here, field.getValue().value());
          case "cpus" -> cpus(here, Quantity.cpus(Yaml.text(field.getValue().value()).orElse("")));
          case "pids" -> pids(here, Quantity.count(Yaml.text(field.getValue().value()).orElse("")));
          default -> judging.findings().unknown(here);
        }
      }
    }
  }

  static void replicas(Judging judging, Key at, Yaml value, int most) {
    long count = Quantity.count(Yaml.text(value).orElse(""));
    if (count < 0 || count > most) {
      judging.findings().malformed(at, "a number from 0 to " + most);
    }
  }

  void ulimits(Yaml value) {
    Key at = key.then("ulimits");
    if (!(value instanceof Yaml.Fields limits)) {
      judging.findings().malformed(at, "an object");
      return;
    }
    for (var limit : limits.fields().entrySet()) {
      Yaml given = limit.getValue().value();
      if (given instanceof Yaml.Fields both) {
        both.fields()
            .keySet()
            .forEach(
                part ->
                    ulimit(
                        at.then(limit.getKey()).then(part),
                        limit.getKey(),
                        both.text(part).orElse("")));
      } else {
        ulimit(at.then(limit.getKey()), limit.getKey(), Yaml.text(given).orElse(""));
      }
    }
  }

  void ulimit(Key at, String name, String text) {
    Long most = ULIMITS.get(name);
    long count = Quantity.count(text);
    boolean unlimited = text.equals("-1");
    if (most == null) {
      judging.findings().unknown(at);
    } else if ((count < 0 && !unlimited) || (unlimited ? Long.MAX_VALUE : count) > most) {
      judging.findings().malformed(at, "at most " + most);
    }
  }
}
