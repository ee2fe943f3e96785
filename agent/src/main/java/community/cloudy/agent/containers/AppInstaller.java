package community.cloudy.agent.containers;

import community.cloudy.containers.Progress;
import community.cloudy.containers.apps.App;
import community.cloudy.containers.apps.AppId;
import community.cloudy.containers.apps.AppShelf;
import community.cloudy.containers.apps.Form;
import community.cloudy.containers.apps.Installation;
import community.cloudy.containers.apps.InstalledApp;
import community.cloudy.containers.backup.DiskFloor;
import community.cloudy.containers.engine.Engine;
import community.cloudy.containers.stacks.Stack;
import community.cloudy.containers.stacks.StackException;
import community.cloudy.containers.stacks.StackException.Code;
import community.cloudy.containers.stacks.StackFiles;
import community.cloudy.containers.stacks.Stacks;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/** Makes stacks of apps, and updates those that were. May be used from any thread; blocks. */
public final class AppInstaller {
  private static final int MOST_INSTANCES = 99;

  private final AppShelf shelf;
  private final Engine engine;
  private final Stacks stacks;
  private final DiskFloor floor;
  private final RandomGenerator random;

  AppInstaller(
      AppShelf shelf, Engine engine, Stacks stacks, DiskFloor floor, RandomGenerator random) {
    this.shelf = shelf;
    this.engine = engine;
    this.stacks = stacks;
    this.floor = floor;
    this.random = random;
  }

  /**
   * What a stack is of, and what its catalogue has by now.
   *
   * @param newest there only if it is another version
   */
  public record Standing(InstalledApp installed, Optional<Newest> newest) {}

  /**
   * Another version of an app that a stack could become.
   *
   * @param lacking fields for which the stack has no value
   * @param edited files that a person changed, and an update would replace
   */
  public record Newest(AppShelf.Offer offer, List<String> lacking, List<String> edited) {
    /** Copies the lists. */
    public Newest {
      lacking = List.copyOf(lacking);
      edited = List.copyOf(edited);
    }
  }

  /**
   * Installs an app as a stack, and returns its name.
   *
   * @param name the stack's; one of the app's own if there is none
   * @param values what was filled in, by field
   * @param by who does
   */
  public String install(
      String catalogue,
      AppId id,
      Optional<String> name,
      Map<String, String> values,
      String by,
      Progress progress) {
    AppShelf.Offer offer = shelf.get(catalogue, id);
    String stack = name(offer.app(), name);
    Installation made = Form.fill(offer.folder(), values, FreePorts::isFree, random);
    checkMachine("install " + id, offer.app());
    stacks.create(stack, files(offer, made, Map.of()), by, progress);
    return stack;
  }

  private String name(App app, Optional<String> wanted) {
    List<String> taken = stacks.list().stream().map(stack -> stack.name()).toList();
    String id = app.id().value();
    boolean isThere = taken.contains(id);
    if (isThere && !app.multiInstance()) {
      throw new StackException(
          Code.EXISTS,
          "Could not install " + id + ": it is here already, and a node has only one of it.");
    }
    if (wanted.isPresent()) {
      return wanted.get();
    }
    String name = id;
    for (int i = 2; taken.contains(name) && i <= MOST_INSTANCES; i++) {
      name = id.substring(0, Math.min(id.length(), 37)) + "-" + i;
    }
    return name;
  }

  private void checkMachine(String action, App app) {
    String machine = AppsHost.architecture();
    if (!app.architectures().contains(machine)) {
      throw new StackException(
          Code.CONFLICT,
          "Could not %s: its images are for %s, and this node is %s."
              .formatted(action, String.join(", ", app.architectures()), machine));
    }
    floor.check(action, Path.of(engine.info().root()), app.disk());
  }

  private static StackFiles files(
      AppShelf.Offer offer, Installation made, Map<String, byte[]> before) {
    TreeMap<String, byte[]> files = new TreeMap<>(made.content(before));
    files.put(InstalledApp.FILE, InstalledApp.origin(offer));
    return new StackFiles(files);
  }

  /**
   * Tells what app a stack is; none if it is of none. One that an earlier Cloudy installed is taken
   * for one of those that come with Cloudy, if there is one of that name.
   */
  public Optional<Standing> standing(Stack stack) {
    return stack.managed()
        ? installed(stack.name()).flatMap(installed -> standing(stack.name(), installed))
        : Optional.empty();
  }

  private Optional<InstalledApp> installed(String stack) {
    return InstalledApp.among(stacks.appliedFiles(stack).content());
  }

  private Optional<Standing> standing(String stack, InstalledApp installed) {
    Optional<AppShelf.Offer> offer = shelf.find(installed.catalogue(), installed.app().id());
    return installed.hashes().isEmpty() && offer.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Standing(
                installed,
                offer
                    .filter(it -> isNews(it, installed))
                    .map(it -> newest(it, installed, present(stack, it)))));
  }

  /** A catalogue never goes back, so another version is a newer one. */
  private static boolean isNews(AppShelf.Offer offer, InstalledApp installed) {
    return !offer.app().version().equals(installed.app().version());
  }

  private static Newest newest(
      AppShelf.Offer offer, InstalledApp installed, Map<String, byte[]> now) {
    return new Newest(
        offer, InstalledApp.lacking(offer.app(), now), installed.edited(offer.folder(), now));
  }

  /** Returns what is in a stack's folder now of which an update to {@code offer} takes account. */
  private Map<String, byte[]> present(String stack, AppShelf.Offer offer) {
    return stacks.files(stack, offer.folder().files().keySet()).content();
  }

  /**
   * Makes a stack of an app one of the version that the app's catalogue has by now, with the values
   * and secrets that the stack has; returns that version. The version before comes back if it does
   * not become well.
   *
   * @param values by field, of new ones, or in place of those that it has
   * @param force whether files that a person changed are replaced, too
   * @param by who does
   * @param first is done before anything changes
   */
  public String update(
      String stack,
      Map<String, String> values,
      boolean force,
      String by,
      Runnable first,
      Progress progress) {
    // First, so that what is changed meanwhile is found out.
    String hash = stacks.files(stack).hash();
    InstalledApp installed =
        installed(stack).orElseThrow(() -> refusal(stack, "it was not installed as an app"));
    AppShelf.Offer offer = shelf.get(installed.catalogue(), installed.app().id());
    if (!isNews(offer, installed)) {
      String version = installed.app().version();
      throw refusal(stack, "it is at " + version + ", which is what " + offer.catalogue() + " has");
    }
    Map<String, byte[]> now = present(stack, offer);
    refuseEdited(stack, installed.edited(offer.folder(), now), now, force);
    Set<Integer> own = installed.ports(now);
    IntPredicate free = port -> own.contains(port) || FreePorts.isFree(port);
    Installation made = Form.refill(offer.folder(), now, values, free, random);
    checkMachine("update " + stack, offer.app());
    stacks.update(stack, files(offer, made, now), Optional.of(hash), by, first, progress);
    return offer.app().version();
  }

  /** What a person wrote is replaced only if somebody says so and a version keeps it. */
  private void refuseEdited(
      String stack, List<String> edited, Map<String, byte[]> now, boolean force) {
    Map<String, byte[]> applied = stacks.appliedFiles(stack).content();
    String names = String.join(", ", edited);
    if (!edited.stream().allMatch(name -> Arrays.equals(now.get(name), applied.get(name)))) {
      throw refusal(
          stack,
          names
              + " was changed by hand, and no version keeps that. Apply the stack or move the file"
              + " first");
    }
    if (!edited.isEmpty() && !force) {
      throw refusal(
          stack,
          names
              + " was changed by hand and would be replaced. Force it if that may be: the version"
              + " before is kept, and can be brought back");
    }
  }

  private static StackException refusal(String stack, String reason) {
    return new StackException(Code.CONFLICT, "Could not update " + stack + ": " + reason + ".");
  }
}
