package community.cloudy.containers.policy;

import java.util.Set;

/** Secrets and configs are files of the stack's folder. */
final class FileRules {
  private static final Set<String> KEYS = Set.of("file", "content", "name", "labels");

  private final Judging judging;
  private final MountRules mounts;

  FileRules(Judging judging, MountRules mounts) {
    this.judging = judging;
    this.mounts = mounts;
  }

  /** Judges a secret or a config at the top level. */
  void declared(Key key, Yaml.Fields declared) {
    declared
        .fields()
        .forEach(
            (name, field) -> {
              boolean denied = !KEYS.contains(name) && !name.startsWith("x-");
              if (denied && !Yaml.isNull(field.value())) {
                judging.findings().unknown(key.then(name));
              }
            });
    new LabelRules(judging).judge(key.then("labels"), declared.get("labels"));
    declared
        .get("file")
        .ifPresent(file -> mounts.bind(key.then("file"), Yaml.text(file).orElse(""), true));
  }
}
