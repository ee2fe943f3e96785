package community.cloudy.agent.modules;

import community.cloudy.agent.community.Services;
import community.cloudy.gossip.discovery.DiscoveryException;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.ServiceSpec;
import community.cloudy.gossip.discovery.health.Check;
import community.cloudy.gossip.discovery.health.CheckPlan;
import community.cloudy.gossip.discovery.store.SafeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the community of what modules offer, and withdraws what they offer no longer, also what
 * they offered before the agent started: the ids are kept in a file. Used by one thread.
 */
final class Announcer {
  private static final Logger log = LoggerFactory.getLogger(Announcer.class);
  private static final int MOST = 64 * 1024;

  private final Services services;
  private final Path file;
  private final Set<String> announced;

  Announcer(Services services, Path file) {
    this.services = services;
    this.file = file;
    announced = new TreeSet<>(read());
  }

  /** Tells whether nothing was announced. */
  boolean isEmpty() {
    return announced.isEmpty();
  }

  /**
   * Makes what is announced be what {@code states} offer.
   *
   * @return why services are not announced, by id
   */
  Map<String, String> update(Collection<ModuleState> states) {
    Map<String, String> problems = new TreeMap<>();
    Map<String, ServiceSpec> wanted = new TreeMap<>();
    Map<String, Health> healths = new TreeMap<>();
    for (ModuleState state : states) {
      boolean tells =
          state.phase() != ModuleState.Phase.DISABLED
              && state.config().map(config -> config.announce()).orElse(false);
      if (tells) {
        for (ServiceSpec spec : state.status().services()) {
          wanted.put(spec.id(), pushed(spec));
          healths.put(spec.id(), state.status().health());
        }
      }
    }
    withdraw(wanted.keySet());
    wanted.forEach((id, spec) -> announce(spec, problems));
    healths.forEach((id, health) -> push(id, health, wanted));
    return problems;
  }

  /** A service without a plan goes with its module. */
  private static ServiceSpec pushed(ServiceSpec spec) {
    return spec.plan().isPresent()
        ? spec
        : new ServiceSpec(spec.id(), spec.offer(), Optional.of(CheckPlan.of(new Check.Pushed())));
  }

  private void withdraw(Set<String> wanted) {
    Set<String> gone = new TreeSet<>(announced);
    gone.removeAll(wanted);
    for (String id : gone) {
      try {
        services.withdraw(id);
      } catch (DiscoveryException e) {
        log.debug("Nothing to withdraw id={} reason={}", id, e.getMessage());
      }
      announced.remove(id);
      write();
    }
  }

  private void announce(ServiceSpec spec, Map<String, String> problems) {
    if (announced.contains(spec.id()) && services.own().contains(spec)) {
      return;
    }
    try {
      if (announced.add(spec.id())) {
        write();
      }
      services.announce(spec, true);
    } catch (DiscoveryException e) {
      problems.put(spec.id(), String.valueOf(e.getMessage()));
    }
  }

  private void push(String id, Health health, Map<String, ServiceSpec> wanted) {
    boolean pushed =
        Optional.ofNullable(wanted.get(id))
            .flatMap(ServiceSpec::plan)
            .map(plan -> plan.check() instanceof Check.Pushed)
            .orElse(false);
    if (pushed) {
      try {
        services.push(id, health);
      } catch (DiscoveryException e) {
        log.debug("Could not tell the health id={} reason={}", id, e.getMessage());
      }
    }
  }

  private Collection<String> read() {
    try {
      return Files.exists(file)
          ? new String(SafeFile.read(file, MOST), StandardCharsets.UTF_8).lines().toList()
          : Set.of();
    } catch (IOException e) {
      log.warn("Could not read which services modules announced file={}", file, e);
      return Set.of();
    }
  }

  private void write() {
    try {
      String text = String.join("\n", announced) + "\n";
      SafeFile.write(file, text.getBytes(StandardCharsets.UTF_8), "rw-------");
    } catch (IOException e) {
      log.warn("Could not keep which services modules announce file={}", file, e);
    }
  }
}
