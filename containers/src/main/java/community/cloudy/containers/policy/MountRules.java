package community.cloudy.containers.policy;

import community.cloudy.containers.policy.Grant.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a container's file system may be made of. */
final class MountRules {
  private static final Set<String> OPTIONS =
      Set.of(
          "ro",
          "rw",
          "z",
          "Z",
          "cached",
          "delegated",
          "consistent",
          "default",
          "nocopy",
          "private",
          "rprivate");
  // What a tmpfs holds counts as the container's memory, so that its limit bounds this too.
  private static final Pattern TMPFS_OPTION =
      Pattern.compile(
          "(size|mode|uid|gid)=[0-9]{1,12}[kmgKMG]?|ro|rw|exec|noexec|nosuid|nodev|noatime");
  static final Pattern VOLUME_NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}");

  private final Judging judging;
  private final List<Bind> binds = new ArrayList<>();

  private record Bind(Key key, Path path, boolean readOnly) {}

  MountRules(Judging judging) {
    this.judging = judging;
  }

  /** Judges an entry of a service's {@code volumes}. */
  void volumes(Key key, Yaml entry) {
    Mount mount = Mount.of(entry).orElse(null);
    if (mount == null) {
      judging.findings().malformed(key, "SOURCE:TARGET[:MODE]");
    } else {
      judge(key, mount);
    }
  }

  void judge(Key key, Mount mount) {
    mount.strange().ifPresent(strange -> judging.findings().unknown(key.then(strange)));
    switch (mount.kind()) {
      case "bind" -> {
        options(key, mount);
        bind(key, mount.source(), mount.readOnly());
      }
      case "volume" -> {
        options(key, mount);
        if (!mount.source().isEmpty() && !VOLUME_NAME.matcher(mount.source()).matches()) {
          judging.findings().malformed(key, "a volume's name");
        }
      }
      case "tmpfs" -> tmpfsOptions(key, mount.options());
      default -> judging.findings().malformed(key, "a bind, a volume or a tmpfs");
    }
  }

  /** Judges a file or folder of the node that a container gets. */
  void bind(Key key, String source, boolean readOnly) {
    judging.paths().judge(judging.findings(), key, source);
    HostPaths.absolute(source)
        .ifPresent(path -> binds.add(new Bind(key, judging.scope().real().apply(path), readOnly)));
  }

  /** Judges an entry of {@code tmpfs}: {@code TARGET[:OPTIONS]}. */
  void tmpfs(Key key, String text) {
    int colon = text.indexOf(':');
    if (colon >= 0) {
      tmpfsOptions(key, List.of(text.substring(colon + 1).split(",")));
    }
  }

  private void tmpfsOptions(Key key, List<String> options) {
    for (String option : options) {
      boolean size = option.startsWith("size=");
      long bytes = size ? Quantity.bytes(option.substring(5)).orElse(Long.MAX_VALUE) : 0;
      if (!TMPFS_OPTION.matcher(option).matches() || bytes > judging.settings().most().memory()) {
        judging.findings().refuse(key, "has the option " + option, "Leave the option out.");
      }
    }
  }

  /** Judges how something is mounted. */
  void options(Key key, Mount mount) {
    for (String option : mount.options()) {
      if (!OPTIONS.contains(option)) {
        judging.findings().refuse(key, "has the option " + option, "Leave the option out.");
      }
    }
  }

  /**
   * Refuses a path beneath one that a container can write: it could put a link in its place between
   * our look and the engine's, and so reach any file of the node.
   */
  void nested() {
    for (Bind inner : binds) {
      binds.stream()
          .filter(outer -> !outer.readOnly() && !inner.path().equals(outer.path()))
          .filter(outer -> inner.path().startsWith(outer.path()))
          .findFirst()
          .ifPresent(
              outer ->
                  judging
                      .findings()
                      .refuse(
                          inner.key(),
                          "is beneath " + outer.key() + ", which a container can write",
                          "Mount the outer one read-only (:ro), or move the inner one out of it."));
    }
  }

  /** Judges a volume at the top level. */
  void declared(Key key, String name, Yaml.Fields volume) {
    for (String field : volume.fields().keySet()) {
      Key at = key.then(field);
      switch (field) {
        case "driver" -> {
          if (!volume.text("driver").orElse("local").equals("local")) {
            judging.findings().refuse(at, "is no driver this node allows", "Use local.");
          }
        }
        case "driver_opts" -> driverOptions(at, volume.object("driver_opts"));
        case "external" -> {}
        case "name" -> {}
        case "labels" -> new LabelRules(judging).judge(at, volume.get("labels"));
        default -> {
          if (!field.startsWith("x-")) {
            judging.findings().unknown(at);
          }
        }
      }
    }
    owner(key, name, volume);
  }

  private void owner(Key key, String name, Yaml.Fields volume) {
    String stack = judging.scope().stack();
    String real = NetworkRules.externalName(volume).orElse(volume.text("name").orElse(name));
    boolean external = NetworkRules.external(volume);
    boolean named = volume.text("name").isPresent();
    if (external || (named && !real.startsWith(stack + "_"))) {
      judging
          .findings()
          .refuseUngranted(
              key.then(external ? "external" : "name"),
              "is the volume " + real + ", which is not the stack's own",
              Kind.VOLUME,
              VOLUME_NAME.matcher(real).matches() ? real : "NAME");
    }
  }

  /** Judges how a volume is made: with the local driver, that may mount anything. */
  void driverOptions(Key key, Yaml.Fields options) {
    String type = options.text("type").orElse("none");
    String device = options.text("device").orElse("");
    for (String option : options.fields().keySet()) {
      if (!Set.of("type", "o", "device").contains(option)) {
        judging.findings().unknown(key.then(option));
      }
    }
    if (type.equals("tmpfs")) {
      List<String> words = List.of(options.text("o").orElse("rw").split(","));
      tmpfsOptions(key.then("o"), words);
    } else if (type.equals("none") || type.equals("bind")) {
      boolean bind =
          Set.of("bind", "bind,rw", "bind,ro").contains(options.text("o").orElse("bind"));
      if (!bind) {
        judging.findings().refuse(key.then("o"), "is more than a bind", "Write bind.");
      }
      if (!options.fields().isEmpty()) {
        bind(key.then("device"), device, false);
      }
    } else {
      judging
          .findings()
          .refuse(
              key.then("type"), "mounts a file system of type " + type, "Use an ordinary volume.");
    }
  }
}
