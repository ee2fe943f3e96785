package community.cloudy.containers.apps;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Imports compose files that carry {@code x-casaos}: title, tagline, icon, {@code port_map}, {@code
 * index}, architectures and what it says of variables. Of each service only keys known to be
 * harmless are taken over; all else is noted. Folders of the node become volumes.
 */
public final class CasaosApp {
  private static final Set<String> TAKEN =
      Set.of(
          "image",
          "command",
          "entrypoint",
          "depends_on",
          "healthcheck",
          "hostname",
          "user",
          "working_dir",
          "init",
          "tmpfs",
          "stop_grace_period",
          "restart");
  private static final Set<String> READ =
      Set.of("ports", "volumes", "environment", "x-casaos", "container_name", "deploy", "labels");
  private static final int MAX_SERVICES = 12;

  private final Tree root;
  private final Tree about;
  private final AppDraft draft;
  private boolean announced;

  private CasaosApp(Tree root) {
    this.root = root;
    this.about = root.child("x-casaos");
    this.draft =
        new AppDraft(
            root.text("name")
                .or(() -> about.text("store_app_id"))
                .or(() -> about.text("main"))
                .orElse("app"));
  }

  /**
   * Imports one file.
   *
   * @throws AppException if it is not such a file
   */
  public static Imported read(String compose) {
    Tree root = new Tree(YamlReader.read(AppFolder.COMPOSE, compose));
    if (root.child("x-casaos").isEmpty() || root.child("services").isEmpty()) {
      throw invalid("it has no x-casaos or no services");
    }
    try {
      return new CasaosApp(root).app();
    } catch (IllegalArgumentException e) {
      throw invalid("a service's name " + e.getMessage());
    }
  }

  private static AppException invalid(String reason) {
    return new AppException(AppException.Code.INVALID, "Could not import the app: " + reason + ".");
  }

  private Imported app() {
    Map<Language, String> title = words(about.child("title"));
    draft.words("title", title, 60, false);
    draft.words("tagline", either(words(about.child("tagline")), title), 120, false);
    draft.words("description", either(words(about.child("description")), title), 2000, true);
    List<String> architectures = new ArrayList<>(new TreeSet<>(architectures()));
    if (!architectures.isEmpty()) {
      draft.set("architectures", architectures);
    }
    if (about.text("icon").isPresent()) {
      draft.note("the icon lies outside the community: put one into the folder");
    }
    Map<String, Tree> services = root.child("services").children();
    if (services.size() > MAX_SERVICES) {
      throw invalid("it has more than " + MAX_SERVICES + " services");
    }
    String main = about.text("main").orElse(services.keySet().iterator().next());
    services.forEach((name, service) -> service(App.checkService(name), service, main));
    for (String key : root.children().keySet()) {
      if (!Set.of("name", "version", "services", "x-casaos", "volumes").contains(key)) {
        draft.note("left out: " + key);
      }
    }
    return draft.done();
  }

  private List<String> architectures() {
    return about.child("architectures").items().stream()
        .flatMap(item -> item.text().stream())
        .map(name -> name.equals("arm") ? "armhf" : name.equals("386") ? "i386" : name)
        .filter(App.ARCHITECTURES::contains)
        .toList();
  }

  private static Map<Language, String> either(
      Map<Language, String> first, Map<Language, String> second) {
    return first.isEmpty() ? second : first;
  }

  private static Map<Language, String> words(Tree tree) {
    Map<Language, String> words = new EnumMap<>(Language.class);
    tree.children()
        .forEach(
            (tag, text) ->
                Language.of(tag)
                    .ifPresent(language -> text.text().ifPresent(t -> words.put(language, t))));
    if (words.isEmpty()) {
      tree.text()
          .or(() -> tree.children().values().stream().flatMap(t -> t.text().stream()).findFirst())
          .ifPresent(text -> words.put(Language.EN, text));
    }
    return words;
  }

  private void service(String name, Tree service, String main) {
    Map<String, Object> made = new LinkedHashMap<>();
    service
        .children()
        .forEach(
            (key, value) -> {
              if (TAKEN.contains(key)) {
                made.put(key, value.plain(this::expand));
              } else if (key.equals("network_mode") && value.text().orElse("").equals("bridge")) {
                draft.note(name + " runs in the app's own network instead of the common bridge");
              } else if (!READ.contains(key)) {
                draft.note("left out: " + key + " of " + name);
              }
            });
    if (!made.containsKey("image")) {
      throw invalid(name + " names no image");
    }
    made.putIfAbsent("restart", "unless-stopped");
    if (name.equals(main)) {
      service
          .child("deploy")
          .child("resources")
          .child("reservations")
          .child("memory")
          .text()
          .map(text -> text.toLowerCase(Locale.ROOT).replaceAll("b$", ""))
          .filter(text -> text.matches("[1-9][0-9]{0,5}[kmg]"))
          .ifPresent(memory -> draft.set("memory", memory));
    }
    environment(service, made);
    volumes(name, service, made);
    ports(name, service, made, name.equals(main));
    draft.service(name, made);
  }

  private void environment(Tree service, Map<String, Object> made) {
    Map<String, Map<Language, String>> described = new LinkedHashMap<>();
    for (Tree env : service.child("x-casaos").child("envs").items()) {
      env.text("container").ifPresent(name -> described.put(name, words(env.child("description"))));
    }
    Map<String, String> environment = new LinkedHashMap<>();
    service
        .child("environment")
        .pairs()
        .forEach(
            (name, value) -> {
              if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,100}")) {
                draft.note("left out: the variable " + name);
              } else if (described.containsKey(name)) {
                Map<Language, String> label =
                    either(described.getOrDefault(name, Map.of()), Map.of(Language.EN, name));
                environment.put(name, draft.variable(name, known(value), label));
              } else {
                environment.put(name, expand(value));
              }
            });
    if (!environment.isEmpty()) {
      made.put("environment", environment);
    }
  }

  private void volumes(String name, Tree service, Map<String, Object> made) {
    List<String> mounts = new ArrayList<>();
    for (Tree volume : service.child("volumes").items()) {
      String[] parts = volume.text().orElse("").split(":", -1);
      String source = volume.text("source").orElse(parts[0]);
      String target = volume.text("target").orElse(parts.length > 1 ? parts[1] : "");
      if (source.endsWith(".sock") || !target.matches("/[A-Za-z0-9._ /-]{1,200}")) {
        draft.note("left out: the volume " + source + " of " + name);
        continue;
      }
      String named = draft.volume(target);
      mounts.add(named + ":" + target);
      if (source.startsWith("/") && !source.startsWith("/DATA/AppData/")) {
        draft.note(
            "the node's " + source + " is not used: the volume " + named + " stands instead");
      }
    }
    if (!mounts.isEmpty()) {
      made.put("volumes", mounts);
    }
  }

  private void ports(String name, Tree service, Map<String, Object> made, boolean main) {
    String wanted = about.text("port_map").orElse("");
    List<String> ports = new ArrayList<>();
    for (Tree port : service.child("ports").items()) {
      PortPair pair = PortPair.of(port);
      if (pair.inner() < 1) {
        draft.note("left out: a port of " + name + " that is not a single number");
        continue;
      }
      boolean web =
          main
              && !announced
              && pair.protocol().equals("tcp")
              && (wanted.isEmpty() || wanted.equals(Integer.toString(pair.outer())));
      String field =
          draft.port(web ? "HTTP_PORT" : "PORT_" + pair.inner(), pair.outer(), pair.protocol());
      if (web) {
        announced = true;
        String index = about.text("index").orElse("/");
        draft.announce(
            name,
            field,
            pair.inner(),
            index.matches("/[A-Za-z0-9._~/-]{0,99}") ? index : "/",
            made);
      }
      ports.add(field + ":" + pair.inner() + (pair.protocol().equals("udp") ? "/udp" : ""));
    }
    if (!ports.isEmpty()) {
      made.put("ports", ports);
    }
  }

  /** A published port: 0 where it is not one number. */
  private record PortPair(int outer, int inner, String protocol) {
    static PortPair of(Tree port) {
      String text = port.text().orElse("");
      String protocol = port.text("protocol").orElse(text.endsWith("/udp") ? "udp" : "tcp");
      String[] parts = text.replaceAll("/(tcp|udp)$", "").split(":", -1);
      int inner = number(port.text("target").orElse(parts[parts.length - 1]));
      String outer = parts.length > 1 ? parts[parts.length - 2] : Integer.toString(inner);
      int published = number(port.text("published").orElse(outer));
      return new PortPair(
          published < 1 ? inner : published, inner, protocol.equals("udp") ? "udp" : "tcp");
    }

    private static int number(String text) {
      return text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) <= 65535
          ? Integer.parseInt(text)
          : 0;
    }
  }

  /** Replaces the variables that CasaOS sets, and keeps Compose from seeing others. */
  private String expand(String value) {
    return known(value).replace("$", "$$");
  }

  private String known(String value) {
    String known = value;
    for (Map.Entry<String, String> variable :
        Map.of("AppID", draft.id(), "PUID", "1000", "PGID", "1000", "TZ", "Etc/UTC").entrySet()) {
      known =
          known
              .replace("${" + variable.getKey() + "}", variable.getValue())
              .replace("$" + variable.getKey(), variable.getValue());
    }
    return known;
  }
}
