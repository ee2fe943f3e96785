package community.cloudy.containers.policy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** An image may be built from the stack's own folder. */
final class BuildRules {
  private static final Set<String> KEYS =
      Set.of("context", "dockerfile", "args", "target", "labels", "no_cache", "pull");

  private final Judging judging;
  private final MountRules mounts;

  BuildRules(Judging judging, MountRules mounts) {
    this.judging = judging;
    this.mounts = mounts;
  }

  void judge(Key key, Yaml value) {
    Yaml.Fields build =
        Yaml.asFields(value).orElse(new Yaml.Fields(value.line(), java.util.Map.of()));
    build.fields().keySet().stream()
        .filter(field -> !KEYS.contains(field) && !field.startsWith("x-"))
        .forEach(field -> judging.findings().unknown(key.then(field)));
    new LabelRules(judging).judge(key.then("labels"), build.get("labels"));
    String context = Yaml.text(value).or(() -> build.text("context")).orElse("");
    Key at = Yaml.text(value).isPresent() ? key : key.then("context");
    mounts.bind(at, context, true);
    build.text("dockerfile").ifPresent(file -> dockerfile(key.then("dockerfile"), context, file));
  }

  private void dockerfile(Key key, String context, String file) {
    Optional<Path> folder = HostPaths.absolute(context);
    if (folder.isPresent() && file.indexOf('\0') < 0) {
      mounts.bind(key, folder.get().resolve(file).normalize().toString(), true);
    }
  }
}
