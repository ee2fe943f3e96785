package community.cloudy.containers;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import community.cloudy.containers.engine.ComposeLabels;
import community.cloudy.containers.engine.ContainerDetail;
import community.cloudy.containers.engine.Engine;
import community.cloudy.containers.engine.EngineException;
import community.cloudy.containers.policy.Exceptions;
import community.cloudy.containers.policy.PolicyException;
import community.cloudy.containers.policy.Refusal;
import community.cloudy.gossip.discovery.store.SafeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Single containers that others made and this node took over: it keeps in one file which should
 * run, and starts those when the engine comes back. May be called from any thread, and blocks.
 */
public final class Adopted {
  private static final Logger log = LoggerFactory.getLogger(Adopted.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_FILE = 256 * 1024;
  private static final int MOST = 500;

  private final Path file;
  private final Engine engine;
  private final Containers containers;
  private final Function<String, Exceptions> granted;
  private final InstantSource clock;
  private final Map<String, Entry> entries = new TreeMap<>();

  /**
   * One that was taken over.
   *
   * @param id the engine's
   * @param name as it was then
   * @param up whether it should run
   * @param by who took it over
   * @param at when, as ISO 8601
   */
  public record Entry(String id, String name, boolean up, String by, String at) {
    Entry up(boolean now) {
      return new Entry(id, name, now, by, at);
    }
  }

  /**
   * Reads what is in {@code file}, if there is one.
   *
   * @param granted what an admin allowed a container of that name
   * @throws EngineException if it cannot be read
   */
  public Adopted(
      Path file,
      Engine engine,
      Containers containers,
      Function<String, Exceptions> granted,
      InstantSource clock) {
    this.file = file;
    this.engine = engine;
    this.containers = containers;
    this.granted = granted;
    this.clock = clock;
    if (Files.exists(file)) {
      read();
    }
  }

  /** Returns the one with this id, if it was taken over. */
  public synchronized Optional<Entry> get(String id) {
    return Optional.ofNullable(entries.get(id));
  }

  /** Says what the policy refuses of a container; nothing is changed. */
  public List<Refusal> refusals(ContainerDetail made) {
    String name = made.summary().name();
    return containers.judge(made.id(), Containers.scope(name, granted.apply(name)));
  }

  /**
   * Takes over a container; it is not touched, and should from now on be as it is, up or down.
   *
   * @param by who does
   * @throws PolicyException if the policy refuses anything of it
   * @throws EngineException if it is not there, or part of a Compose project
   */
  public Entry adopt(String container, String by) {
    ContainerDetail made = engine.containers().inspect(container);
    String name = made.summary().name();
    if (made.summary().labels().containsKey(ComposeLabels.PROJECT)) {
      throw refused(name, "it is part of a stack. Adopt that: cloudy stack adopt");
    }
    List<Refusal> refusals = refusals(made);
    if (!refusals.isEmpty()) {
      throw new PolicyException(refusals);
    }
    boolean up = made.summary().state().isUp();
    Entry entry = new Entry(made.id(), name, up, by, clock.instant().toString());
    synchronized (this) {
      if (entries.size() >= MOST) {
        throw refused(name, "there are " + MOST + " already. Make stacks of them");
      }
      entries.put(made.id(), entry);
      write();
    }
    log.info("container adopted name={} id={} by={}", name, made.id(), by);
    return entry;
  }

  private static EngineException refused(String name, String reason) {
    return new EngineException(
        EngineException.Code.CONFLICT,
        "Could not adopt the container " + name + ": " + reason + ".");
  }

  /** Remembers whether a container should run; does nothing for one that was not taken over. */
  public synchronized void want(String id, boolean up) {
    if (entries.computeIfPresent(id, (same, entry) -> entry.up(up)) != null) {
      write();
    }
  }

  /** Forgets one that was removed. */
  public synchronized void forget(String id) {
    if (entries.remove(id) != null) {
      write();
    }
  }

  /** Starts those that should run and do not. To be called when the engine can be reached. */
  public void restore() {
    for (Entry entry : all()) {
      try {
        restore(entry);
      } catch (EngineException | PolicyException e) {
        log.warn("Could not restore the container {}: {}", entry.name(), e.getMessage());
      }
    }
  }

  private synchronized List<Entry> all() {
    return List.copyOf(entries.values());
  }

  private void restore(Entry entry) {
    Optional<ContainerDetail> made = find(entry.id());
    if (made.isEmpty()) {
      forget(entry.id());
      log.info("adopted container is gone name={} id={}", entry.name(), entry.id());
    } else if (entry.up() && !made.get().summary().state().isUp()) {
      // What was allowed once may not be now: an exception can be withdrawn.
      List<Refusal> refusals = refusals(made.get());
      if (!refusals.isEmpty()) {
        throw new PolicyException(refusals);
      }
      engine.containers().start(entry.id());
      log.info("container restored name={} id={}", entry.name(), entry.id());
    }
  }

  private Optional<ContainerDetail> find(String id) {
    try {
      return Optional.of(engine.containers().inspect(id));
    } catch (EngineException e) {
      if (e.code() == EngineException.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void read() {
    try {
      List<Entry> read =
          JSON.readValue(SafeFile.read(file, MAX_FILE), new TypeReference<List<Entry>>() {});
      read.forEach(entry -> entries.put(entry.id(), entry));
    } catch (IOException e) {
      throw failed("read", e);
    }
  }

  private void write() {
    try {
      SafeFile.createFolder(file.toAbsolutePath().resolveSibling(".").normalize());
      SafeFile.write(
          file,
          JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(entries.values()),
          "rw-------");
    } catch (IOException e) {
      throw failed("write", e);
    }
  }

  private EngineException failed(String verb, IOException e) {
    return new EngineException(
        EngineException.Code.FAILED,
        "Could not %s %s: %s. Mend or remove the file.".formatted(verb, file, e.getMessage()),
        e);
  }
}
