package community.cloudy.containers.policy;

import community.cloudy.containers.engine.Volume;
import community.cloudy.containers.policy.Grant.Kind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a container that is to be made, or was made, sees of the node. */
final class MadeRules {
  private final Judging judging;
  private final MountRules mounts;

  MadeRules(Judging judging) {
    this.judging = judging;
    mounts = new MountRules(judging);
  }

  void mounts(List<community.cloudy.containers.engine.Mount> all, Collection<Volume> volumes) {
    int index = 0;
    for (community.cloudy.containers.engine.Mount mount : all) {
      Key key = Key.ROOT.then("Mounts").then(index++);
      switch (mount.kind()) {
        case BIND -> mounts.bind(key, mount.source(), mount.readOnly());
        case VOLUME -> volume(key, mount, volumes);
        case TMPFS -> {}
        case OTHER -> judging.findings().malformed(key, "a bind, a volume or a tmpfs");
      }
    }
    mounts.nested();
  }

  private void volume(
      Key key, community.cloudy.containers.engine.Mount mount, Collection<Volume> volumes) {
    String name = mount.source();
    boolean nameless = name.isEmpty() || name.matches("[0-9a-f]{64}");
    if (!nameless && !name.startsWith(judging.scope().stack() + "_")) {
      String reason =
          "is the volume "
              + name
              + ", which is not its own: those begin with "
              + judging.scope().stack()
              + "_";
      judging.findings().refuseUngranted(key, reason, Kind.VOLUME, name);
    }
    driver(key, mount.options());
    volumes.stream()
        .filter(volume -> volume.name().equals(name))
        .forEach(
            volume -> {
              if (!volume.driver().equals("local")) {
                judging
                    .findings()
                    .refuse(key, "is kept by the driver " + volume.driver(), "Use local.");
              }
              driver(key, volume.options());
            });
  }

  private void driver(Key key, Map<String, String> options) {
    if (!options.isEmpty()) {
      Map<String, Yaml.Field> fields = new LinkedHashMap<>();
      options.forEach((name, value) -> fields.put(name, new Yaml.Field(0, Yaml.quoted(value))));
      mounts.driverOptions(key, new Yaml.Fields(0, fields));
    }
  }

  void labels(Map<String, String> labels) {
    LabelRules rules = new LabelRules(judging);
    labels.keySet().forEach(name -> rules.name(Key.ROOT.then("Labels").then(name), name));
  }
}
