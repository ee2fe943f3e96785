package community.cloudy.containers.stacks;

import community.cloudy.containers.Links;
import community.cloudy.containers.Progress;
import community.cloudy.containers.policy.Policy;
import community.cloudy.containers.policy.Refusal;
import community.cloudy.containers.policy.Scope;
import community.cloudy.containers.stacks.StackException.Code;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes to one stack, each a walk from version to version that a crash may end anywhere: the
 * journal says first what is meant.
 */
final class Updates {
  private static final Logger log = LoggerFactory.getLogger(Updates.class);

  private final StackStore store;
  private final Policy policy;
  private final Supplier<Optional<Compose>> compose;
  private final Function<Compose, Deployment> deployments;
  private final Function<StackFiles, Duration> patience;
  private final InstantSource clock;

  Updates(
      StackStore store,
      Policy policy,
      Supplier<Optional<Compose>> compose,
      Function<Compose, Deployment> deployments,
      Function<StackFiles, Duration> patience,
      InstantSource clock) {
    this.store = store;
    this.policy = policy;
    this.compose = compose;
    this.deployments = deployments;
    this.patience = patience;
    this.clock = clock;
  }

  private Compose compose() {
    return compose
        .get()
        .orElseThrow(
            () ->
                new StackException(
                    Code.UNAVAILABLE,
                    "There is no Compose on this node. Install docker-compose and start the agent anew."));
  }

  private Deployment deployment() {
    return deployments.apply(compose());
  }

  private Scope scope(String name, Journal journal) {
    return new Scope(
        name,
        Optional.of(store.folder(name, journal).path()),
        store.exceptions(name),
        Set.of(),
        Links::follow);
  }

  private Compose.Project project(String name, Journal journal, int version) {
    return new Compose.Project(
        name,
        store.versions(name).run(version),
        store.folder(name, journal).path(),
        store.noVariables());
  }

  /** Returns the files in the folder of which the applied version was made, as they are now. */
  StackFiles current(String name, Journal journal) {
    return current(name, journal, Set.of());
  }

  /** Returns the same with those files of the folder, too, that are named and no version has. */
  StackFiles current(String name, Journal journal, Set<String> more) {
    StackFolder folder = store.folder(name, journal);
    Set<String> names = new LinkedHashSet<>(List.of(journal.file(), StackFiles.ENV));
    store
        .versions(name)
        .names(Math.max(journal.applied(), journal.intended()))
        .ifPresent(names::addAll);
    names.addAll(more);
    TreeMap<String, byte[]> content = new TreeMap<>();
    names.forEach(file -> folder.read(file).ifPresent(bytes -> content.put(file, bytes)));
    return new StackFiles(content);
  }

  /** Returns the services of the applied version. */
  Set<String> services(String name, Journal journal) {
    return journal.applied() == 0
        ? Set.of()
        : Deployment.services(Deployment.model(store.versions(name).runText(journal.applied())));
  }

  /** Returns the names of the images of the applied version. */
  Set<String> images(String name) {
    int applied = store.journal(name).applied();
    return applied == 0
        ? Set.of()
        : Deployment.images(Deployment.model(store.versions(name).runText(applied)));
  }

  List<Refusal> validate(String name, StackFiles files) {
    Journal journal = store.exists(name) ? store.journal(name) : Journal.NEW;
    return resolve(name, journal, files).refusals();
  }

  /** Resolves the folder with {@code files} laid over it. */
  private Resolver.Resolved resolve(String name, Journal journal, StackFiles files) {
    StackFolder folder = store.folder(name, journal);
    Function<String, Optional<byte[]>> reader =
        file -> Optional.ofNullable(files.content().get(file)).or(() -> folder.read(file));
    Scope scope = scope(name, journal);
    StackFolder staging = store.staging(name);
    try {
      return new Resolver(compose(), policy)
          .resolve(scope, journal.file(), reader, staging, store.noVariables());
    } finally {
      staging.delete();
    }
  }

  void create(String name, StackFiles files, String by, Progress progress) {
    change(name, Journal.NEW.up(true), files, by, () -> {}, progress);
  }

  void update(String name, StackFiles files, String by, Runnable first, Progress progress) {
    change(name, store.journal(name), files, by, first, progress);
  }

  private void change(
      String name,
      Journal journal,
      StackFiles files,
      String by,
      Runnable first,
      Progress progress) {
    progress.report("judge", 0, Progress.UNKNOWN);
    Resolver.Resolved resolved = resolve(name, journal, files);
    int version = keep(name, journal, files, resolved, by);
    try {
      first.run();
    } catch (RuntimeException e) {
      store.versions(name).outcome(version, String.valueOf(e.getMessage()));
      throw e;
    }
    store.write(name, journal.intend(version));
    carryOut(name, version, progress);
  }

  void apply(String name, String by, Runnable first, Progress progress) {
    update(name, new StackFiles(new TreeMap<>()), by, first, progress);
  }

  void rollback(String name, int version, Progress progress) {
    store.write(name, store.journal(name).intend(version));
    carryOut(name, version, progress);
  }

  private int keep(
      String name, Journal journal, StackFiles given, Resolver.Resolved resolved, String by) {
    String run = resolved.text();
    TreeMap<String, byte[]> all = new TreeMap<>(current(name, journal).content());
    all.putAll(resolved.files().content());
    all.putAll(given.content());
    Set<Integer> needed = Set.of(journal.applied());
    return store.versions(name).add(new StackFiles(all), run, by, clock.instant(), needed);
  }

  /** Ends what the journal says is intended: it holds afterwards, or the version before does. */
  private void carryOut(String name, int version, Progress progress) {
    Journal journal = store.journal(name);
    StackFolder folder = store.folder(name, journal);
    folder.write(store.versions(name).files(version));
    try {
      if (journal.up()) {
        bringUp(name, journal, version, progress);
      }
      store.versions(name).outcome(version, "applied");
      store.write(name, journal.applied(version));
    } catch (RuntimeException e) {
      String reason = String.valueOf(e.getMessage());
      log.warn("stack update failed name={} version={} reason={}", name, version, reason);
      store.versions(name).outcome(version, reason);
      throw takeBack(name, version, e, progress);
    }
  }

  /** Brings back the version before {@code failed}; with none before, takes all down. */
  private RuntimeException takeBack(
      String name, int failed, RuntimeException reason, Progress progress) {
    Journal journal = store.journal(name);
    int before = journal.applied() == failed ? 0 : journal.applied();
    String said = String.valueOf(reason.getMessage());
    try {
      progress.report("take it back", 0, Progress.UNKNOWN);
      if (before == 0) {
        deployment().down(project(name, journal, failed), false);
        store.write(name, journal.failed(said).up(false));
        return reason;
      }
      store.folder(name, journal).write(store.versions(name).files(before));
      bringUp(name, journal, before, progress);
      store.write(name, journal.failed(said));
    } catch (RuntimeException e) {
      store.write(name, journal.failed(said + " Taking it back failed, too: " + e.getMessage()));
      reason.addSuppressed(e);
      return reason;
    }
    return new StackException(
        Code.FAILED,
        "%s Version %d is back; the files of the failed one are kept as version %d."
            .formatted(said, before, failed),
        reason);
  }

  void up(String name, Progress progress) {
    Journal journal = store.journal(name).up(true);
    int version = applied(name, journal);
    store.write(name, journal);
    bringUp(name, journal, version, progress);
    store.write(name, journal.applied(version));
  }

  private void bringUp(String name, Journal journal, int version, Progress progress) {
    deployment()
        .up(
            project(name, journal, version),
            store.versions(name).runText(version),
            scope(name, journal),
            patience.apply(store.versions(name).files(version)),
            progress);
  }

  private static int applied(String name, Journal journal) {
    if (journal.applied() == 0) {
      throw new StackException(
          Code.CONFLICT, "No version of the stack " + name + " was applied yet. Apply its files.");
    }
    return journal.applied();
  }

  void down(String name, Progress progress) {
    Journal journal = store.journal(name).up(false);
    store.write(name, journal);
    progress.report("stop", 0, Progress.UNKNOWN);
    down(name, journal, false);
  }

  private void down(String name, Journal journal, boolean volumes) {
    if (journal.applied() == 0) {
      deployment().down(name);
    } else {
      deployment().down(project(name, journal, journal.applied()), volumes);
    }
  }

  void restart(String name, Progress progress) {
    Journal journal = store.journal(name);
    progress.report("restart", 0, Progress.UNKNOWN);
    deployment().restart(project(name, journal, applied(name, journal)));
  }

  void halt(String name, Progress progress) {
    Journal journal = store.journal(name);
    progress.report("stop", 0, Progress.UNKNOWN);
    if (journal.applied() == 0) {
      deployment().stop(name);
    } else {
      deployment().stop(project(name, journal, journal.applied()));
    }
  }

  void goOn(String name, Progress progress) {
    Journal journal = store.journal(name);
    progress.report("start again", 0, Progress.UNKNOWN);
    if (journal.applied() == 0) {
      deployment().start(name);
    } else {
      bringUp(name, journal, journal.applied(), progress);
    }
  }

  void pull(String name, Progress progress) {
    Journal journal = store.journal(name);
    String run = store.versions(name).runText(applied(name, journal));
    deployment().images(Deployment.model(run), true, progress);
  }

  void remove(String name, boolean keepData, Progress progress) {
    Journal journal = store.journal(name);
    store.write(name, journal.up(false));
    progress.report("stop", 0, Progress.UNKNOWN);
    down(name, journal, !keepData);
    store.remove(name, keepData, clock.instant());
  }

  void adopt(String name, Adoption adoption) {
    Journal journal = adoption.journal();
    Resolver.Resolved resolved = resolve(name, journal, new StackFiles(new TreeMap<>()));
    resolved.text();
    store.write(name, journal);
  }

  void restore(String name) {
    Journal journal = store.journal(name);
    if (journal.intended() != 0) {
      log.info("stack update resumed name={} version={}", name, journal.intended());
      carryOut(name, journal.intended(), Progress.NONE);
    } else if (journal.up() && journal.applied() != 0) {
      String run = store.versions(name).runText(journal.applied());
      if (!deployment().isUp(name, Deployment.model(run))) {
        log.info("stack restored name={} version={}", name, journal.applied());
        up(name, Progress.NONE);
      }
    }
  }
}
