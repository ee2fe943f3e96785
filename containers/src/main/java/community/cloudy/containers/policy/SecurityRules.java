package community.cloudy.containers.policy;

import community.cloudy.containers.policy.Grant.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a container may do to the kernel. */
final class SecurityRules {
  /**
   * What the engine gives every container that says nothing. To add one of these gives nothing new;
   * it is what people write after {@code cap_drop: [ALL]}.
   */
  static final Set<String> USUAL_CAPABILITIES =
      Set.of(
          "AUDIT_WRITE",
          "CHOWN",
          "DAC_OVERRIDE",
          "FOWNER",
          "FSETID",
          "KILL",
          "MKNOD",
          "NET_BIND_SERVICE",
          "NET_RAW",
          "SETFCAP",
          "SETGID",
          "SETPCAP",
          "SETUID",
          "SYS_CHROOT");

  private static final Set<String> SAFE_OPTIONS =
      Set.of("no-new-privileges", "no-new-privileges:true", "no-new-privileges=true");

  private final Judging judging;

  SecurityRules(Judging judging) {
    this.judging = judging;
  }

  void capabilities(Key key, Yaml value) {
    List<String> names = texts(key, value);
    for (int i = 0; i < names.size(); i++) {
      capability(key.then(i), names.get(i));
    }
  }

  void capability(Key key, String text) {
    String name = text.toUpperCase(Locale.ROOT).replaceFirst("^CAP_", "");
    if (!USUAL_CAPABILITIES.contains(name)) {
      String value = name.matches("[A-Z_]{1,32}") ? name : "NAME";
      judging
          .findings()
          .refuseUngranted(key, "gives the capability " + name + " over the node", Kind.CAP, value);
    }
  }

  void devices(Key key, Yaml value) {
    if (!(value instanceof Yaml.Items items)) {
      judging.findings().malformed(key, "a list");
      return;
    }
    for (int i = 0; i < items.items().size(); i++) {
      Yaml item = items.items().get(i);
      Optional<String> path =
          item instanceof Yaml.Fields fields
              ? fields.text("source")
              : Yaml.text(item).map(text -> text.split(":", 2)[0]);
      device(key.then(i), path.orElse(""));
    }
  }

  void device(Key key, String path) {
    boolean plain = HostPaths.absolute(path).isPresent() && !path.contains(" ");
    judging
        .findings()
        .refuseUngranted(key, "gives the device " + path, Kind.DEVICE, plain ? path : "/dev/NAME");
  }

  void options(Key key, Yaml value) {
    List<String> options = texts(key, value);
    for (int i = 0; i < options.size(); i++) {
      option(key.then(i), options.get(i));
    }
  }

  void option(Key key, String option) {
    if (!SAFE_OPTIONS.contains(option)) {
      String value = option.matches("[!-~]{1,256}") ? option : "OPTION";
      judging
          .findings()
          .refuseUngranted(
              key, "weakens the container's walls with " + option, Kind.SECURITY, value);
    }
  }

  void sysctls(Key key, Yaml value) {
    if (value instanceof Yaml.Fields fields) {
      fields.fields().keySet().forEach(name -> sysctl(key.then(name), name));
      return;
    }
    List<String> settings = texts(key, value);
    for (int i = 0; i < settings.size(); i++) {
      sysctl(key.then(i), settings.get(i).split("=", 2)[0].strip());
    }
  }

  /** Those of a network namespace are the container's own. */
  void sysctl(Key key, String name) {
    boolean safe =
        name.matches("net\\.(ipv4|ipv6)\\.[a-z0-9_.-]+") || name.equals("net.core.somaxconn");
    if (!safe) {
      String value = name.matches("[a-zA-Z0-9_./-]{1,128}") ? name : "NAME";
      judging
          .findings()
          .refuseUngranted(key, "changes the node's kernel setting " + name, Kind.SYSCTL, value);
    }
  }

  private List<String> texts(Key key, Yaml value) {
    if (!(value instanceof Yaml.Items items)
        || items.items().stream().anyMatch(item -> Yaml.text(item).isEmpty())) {
      judging.findings().malformed(key, "a list of words");
      return List.of();
    }
    return items.items().stream().flatMap(item -> Yaml.text(item).stream()).toList();
  }
}
