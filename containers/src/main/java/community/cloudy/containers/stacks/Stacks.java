package community.cloudy.containers.stacks;

import community.cloudy.containers.Progress;
import community.cloudy.containers.engine.Container;
import community.cloudy.containers.engine.Engine;
import community.cloudy.containers.policy.Exceptions;
import community.cloudy.containers.policy.Grant;
import community.cloudy.containers.policy.Policy;
import community.cloudy.containers.policy.Refusal;
import community.cloudy.containers.stacks.StackException.Code;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Compose projects of this node: the public face of this room. Methods may be called from any
 * thread; those that change a stack block, for minutes if they pull, and a second one on the same
 * stack is refused meanwhile.
 */
public final class Stacks {
  private static final Logger log = LoggerFactory.getLogger(Stacks.class);

  private final StackStore store;
  private final Projects projects;
  private final Updates updates;
  private final Overview overview;
  private final Locks locks = new Locks();
  private final InstantSource clock;

  /**
   * Keeps stacks in {@code root}.
   *
   * @param compose finds what executes
   * @throws StackException if the folder cannot be written
   */
  public Stacks(
      Path root,
      Engine engine,
      Policy policy,
      Supplier<Optional<Compose>> compose,
      InstantSource clock,
      Times times) {
    this.clock = clock;
    store = new StackStore(root);
    projects = new Projects(engine);
    Settling settling = new Settling(clock, time -> Thread.sleep(time.toMillis()));
    updates =
        new Updates(
            store,
            policy,
            compose,
            c -> new Deployment(engine, policy, c, settling, times.steady()),
            times::patience,
            clock);
    overview = new Overview(store, projects, updates);
  }

  /** Returns all stacks, those that others made too; without services while no engine answers. */
  public List<Stack> list() {
    return overview.list();
  }

  /**
   * Returns one stack.
   *
   * @throws StackException NOT_FOUND if there is none
   */
  public Stack get(String name) {
    return overview.get(name).orElseThrow(() -> unknown(name));
  }

  /**
   * Says what the policy would refuse; nothing is changed.
   *
   * @throws community.cloudy.containers.policy.PolicyException if they are no bounded YAML
   * @throws StackException if Compose does not understand them
   */
  public List<Refusal> validate(String name, StackFiles files) {
    StackNames.check(name);
    return locks.call(name, () -> updates.validate(name, files));
  }

  /**
   * Makes a stack and brings it up; with no success it is kept, down, with its problem.
   *
   * @param by who does
   */
  public void create(String name, StackFiles files, String by, Progress progress) {
    StackNames.check(name);
    locks.run(
        name,
        () -> {
          if (overview.get(name).isPresent()) {
            throw new StackException(
                Code.EXISTS, "There is a stack " + name + " already. Choose another name.");
          }
          updates.create(name, files, by, progress);
          log.info("stack created name={} by={}", name, by);
        });
  }

  /**
   * Changes a stack's files and applies them; the version before comes back if it does not become
   * well.
   *
   * @param hash of the files the caller thinks it changes; empty if any
   */
  public void update(
      String name, StackFiles files, Optional<String> hash, String by, Progress progress) {
    update(name, files, hash, by, () -> {}, progress);
  }

  /**
   * Changes a stack like {@link #update(String, StackFiles, Optional, String, Progress)}.
   *
   * @param first is done when the files were found good, before anything changes; what it throws
   *     ends the update
   */
  public void update(
      String name,
      StackFiles files,
      Optional<String> hash,
      String by,
      Runnable first,
      Progress progress) {
    change(
        name,
        () -> {
          String now = updates.current(name, store.journal(name)).hash();
          if (hash.isPresent() && !hash.get().equals(now)) {
            throw new StackException(
                Code.CONFLICT, "The stack " + name + " was changed meanwhile. Read it again.");
          }
          updates.update(name, files, by, first, progress);
          log.info("stack updated name={} by={}", name, by);
        });
  }

  /** Applies what a person changed in the folder. */
  public void apply(String name, String by, Progress progress) {
    apply(name, by, () -> {}, progress);
  }

  /** Applies what a person changed, {@code first} before that as an update does. */
  public void apply(String name, String by, Runnable first, Progress progress) {
    change(
        name,
        () -> {
          updates.apply(name, by, first, progress);
          log.info("stack applied name={} by={}", name, by);
        });
  }

  /** Brings an earlier version back. */
  public void rollback(String name, int version, String by, Progress progress) {
    rollback(name, version, by, () -> {}, progress);
  }

  /** Brings an earlier version back, {@code first} before that as an update does. */
  public void rollback(String name, int version, String by, Runnable first, Progress progress) {
    change(
        name,
        () -> {
          store.versions(name).require(version);
          first.run();
          updates.rollback(name, version, progress);
          log.info("stack rolled back name={} version={} by={}", name, version, by);
        });
  }

  /** Brings the applied version up, and keeps it so. */
  public void up(String name, Progress progress) {
    change(
        name,
        () -> {
          updates.up(name, progress);
          log.info("stack up name={}", name);
        });
  }

  /** Takes it down, and keeps it so; volumes stay. */
  public void down(String name, Progress progress) {
    change(
        name,
        () -> {
          updates.down(name, progress);
          log.info("stack down name={}", name);
        });
  }

  /** Stops and starts all its containers. */
  public void restart(String name, Progress progress) {
    change(name, () -> updates.restart(name, progress));
  }

  /** Stops its containers for a while: after a crash they are started as if nothing had been. */
  public void halt(String name, Progress progress) {
    change(name, () -> updates.halt(name, progress));
  }

  /** Starts again what {@link #halt} stopped, and waits until it is well. */
  public void goOn(String name, Progress progress) {
    change(name, () -> updates.goOn(name, progress));
  }

  /** Gets its images anew; what runs is not touched until it is brought up again. */
  public void pull(String name, Progress progress) {
    change(name, () -> updates.pull(name, progress));
  }

  /**
   * Takes it down and forgets it. Without its data its volumes and its folder are deleted; with it,
   * the volumes stay and the folder moves to {@code .removed/}. An adopted folder is left alone.
   */
  public void remove(String name, boolean keepData, Progress progress) {
    change(
        name,
        () -> {
          updates.remove(name, keepData, progress);
          log.info("stack removed name={} data={}", name, keepData ? "kept" : "removed");
        });
  }

  /**
   * Does {@code work}, which may call this, while nobody else may change the stack {@code name},
   * which need not exist.
   *
   * @throws StackException CONFLICT if somebody is at it
   */
  public <T> T alone(String name, Supplier<T> work) {
    return locks.call(name, work);
  }

  private void change(String name, Runnable work) {
    locks.run(
        name,
        () -> {
          managed(name);
          work.run();
        });
  }

  /** Tells whether a stack is this node's. */
  public boolean keeps(String name) {
    return StackNames.isOne(name) && store.exists(name);
  }

  /** Returns the files of a stack, as they are in its folder. */
  public StackFiles files(String name) {
    return updates.current(name, managed(name));
  }

  /** Returns the same, and those of {@code more} that lie in its folder for another reason. */
  public StackFiles files(String name, Set<String> more) {
    return updates.current(name, managed(name), more);
  }

  /** Returns the files of a stack that its containers were made of. */
  public StackFiles appliedFiles(String name) {
    int applied = managed(name).applied();
    return applied == 0 ? files(name) : store.versions(name).files(applied);
  }

  /** Returns the names of the images that stacks need to come up, whether they are up or down. */
  public Set<String> images() {
    return store.names().stream()
        .flatMap(name -> updates.images(name).stream())
        .collect(Collectors.toSet());
  }

  /** Returns the versions of a stack, oldest first. */
  public List<Version> versions(String name) {
    managed(name);
    return store.versions(name).list();
  }

  /** Returns what an admin allowed it. */
  public Exceptions exceptions(String name) {
    StackNames.check(name);
    return store.exceptions(name);
  }

  /** Returns what an admin allowed a stack or a container that need not exist. */
  public Exceptions granted(String name) {
    return StackNames.isOne(name) ? store.exceptions(name) : Exceptions.NONE;
  }

  /** Allows a stack, which need not exist yet, what the policy refuses. */
  public void grant(String name, Grant grant, String by) {
    StackNames.check(name);
    locks.run(
        name,
        () -> {
          store.write(name, store.exceptions(name).with(grant, by, clock.instant()));
          log.info("exception granted stack={} exception={} by={}", name, grant, by);
        });
  }

  /** Takes an exception back; what runs is not touched until it is brought up again. */
  public void revoke(String name, Grant grant, String by) {
    StackNames.check(name);
    locks.run(
        name,
        () -> {
          store.write(name, store.exceptions(name).without(grant));
          log.info("exception revoked stack={} exception={} by={}", name, grant, by);
        });
  }

  /**
   * Takes over a stack that others made. Its folder stays where it is, and what runs is not touched
   * until its files are applied.
   *
   * @throws community.cloudy.containers.policy.PolicyException if the policy refuses its files
   */
  public void adopt(String name, String by) {
    StackNames.check(name);
    locks.run(
        name,
        () -> {
          if (store.exists(name)) {
            throw new StackException(Code.EXISTS, "The stack " + name + " is this node's already.");
          }
          List<Container> containers = projects.containers(name);
          if (containers.isEmpty()) {
            throw unknown(name);
          }
          updates.adopt(name, Adoption.of(name, containers, store.root()));
          log.info("stack adopted name={} by={}", name, by);
        });
  }

  /**
   * Makes true again what should be: ends what a crash left half done, and brings up what should be
   * up, from images that are here. To be called when the engine can be reached.
   */
  public void restore() {
    for (String name : store.names()) {
      try {
        locks.run(name, () -> updates.restore(name));
      } catch (RuntimeException e) {
        log.warn("Could not restore the stack {}: {}", name, e.getMessage());
      }
    }
  }

  private Journal managed(String name) {
    StackNames.check(name);
    if (!store.exists(name)) {
      throw unknown(name);
    }
    return store.journal(name);
  }

  private static StackException unknown(String name) {
    return new StackException(
        Code.NOT_FOUND, "There is no stack " + name + " here. See what there is: cloudy stack ls.");
  }
}
