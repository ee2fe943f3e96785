package community.cloudy.containers.policy;

import java.util.Optional;
import java.util.Set;

/** Labels by which this node and Compose steer are not for others to set. */
final class LabelRules {
  private static final Set<String> OURS =
      Set.of(
          "cloudy.service.type",
          "cloudy.service.name",
          "cloudy.service.port",
          "cloudy.service.description",
          "cloudy.service.path");

  private final Judging judging;

  LabelRules(Judging judging) {
    this.judging = judging;
  }

  /** Judges labels written as an object or as a list of NAME=VALUE. */
  void judge(Key key, Optional<Yaml> labels) {
    if (labels.orElse(null) instanceof Yaml.Fields fields) {
      fields.fields().keySet().forEach(name -> name(key.then(name), name));
    } else if (labels.orElse(null) instanceof Yaml.Items items) {
      for (int i = 0; i < items.items().size(); i++) {
        String text = Yaml.text(items.items().get(i)).orElse("=");
        name(key.then(i), text.split("=", 2)[0]);
      }
    } else if (labels.isPresent()) {
      judging.findings().malformed(key, "labels");
    }
  }

  void name(Key key, String name) {
    boolean compose = name.startsWith("com.docker.");
    boolean cloudy = name.equals("cloudy") || name.startsWith("cloudy.");
    if (compose || (cloudy && !OURS.contains(name))) {
      judging
          .findings()
          .refuse(
              key,
              "sets the label " + name + ", which " + (compose ? "Compose" : "this node") + " sets",
              "Take the label out.");
    }
  }
}
