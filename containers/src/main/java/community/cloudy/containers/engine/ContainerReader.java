package community.cloudy.containers.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads containers from the engine's answers. */
final class ContainerReader {
  private static final int MAX_STATUS = 100;

  private ContainerReader() {}

  /** Reads one of a list. */
  static Container summary(Raw raw) {
    String status = Words.clean(raw.text("Status"), MAX_STATUS);
    return new Container(
        raw.text("Id"),
        raw.texts("Names").stream()
            // A legacy link shows as a second name with two slashes.
            .filter(name -> name.lastIndexOf('/') == 0)
            .map(ContainerReader::name)
            .findFirst()
            .orElse(""),
        raw.text("Image"),
        raw.text("ImageID"),
        ContainerState.of(raw.text("State")),
        status,
        new ContainerHealth(healthIn(status), ""),
        Instant.ofEpochSecond(raw.number("Created")),
        raw.textMap("Labels"),
        listedPorts(raw.objects("Ports")),
        List.copyOf(raw.object("NetworkSettings").object("Networks").values().keySet()));
  }

  private static String name(String withSlash) {
    return withSlash.startsWith("/") ? withSlash.substring(1) : withSlash;
  }

  private static ContainerHealth.State healthIn(String status) {
    if (status.endsWith("(healthy)")) {
      return ContainerHealth.State.HEALTHY;
    }
    if (status.endsWith("(unhealthy)")) {
      return ContainerHealth.State.UNHEALTHY;
    }
    return status.contains("(health: starting)")
        ? ContainerHealth.State.STARTING
        : ContainerHealth.State.NONE;
  }

  private static List<PublishedPort> listedPorts(List<Raw> ports) {
    Set<PublishedPort> published = new LinkedHashSet<>();
    for (Raw port : ports) {
      if (port.number("PublicPort") > 0) {
        published.add(
            new PublishedPort(
                port.text("IP"),
                (int) port.number("PublicPort"),
                (int) port.number("PrivatePort"),
                Protocol.of(port.text("Type"))));
      }
    }
    return List.copyOf(published);
  }

  /** Reads what the engine says of one. */
  static ContainerDetail detail(Raw raw) {
    Raw state = raw.object("State");
    Raw config = raw.object("Config");
    Raw network = raw.object("NetworkSettings");
    Raw networks = network.object("Networks");
    Container summary =
        new Container(
            raw.text("Id"),
            name(raw.text("Name")),
            config.text("Image"),
            raw.text("Image"),
            ContainerState.of(state.text("Status")),
            Words.clean(state.text("Status"), MAX_STATUS),
            health(state.object("Health")),
            raw.time("Created").orElse(Instant.EPOCH),
            config.textMap("Labels"),
            boundPorts(network.object("Ports")),
            List.copyOf(networks.values().keySet()));
    return new ContainerDetail(
        summary,
        program(config, raw.object("HostConfig").flag("Init")),
        state.time("StartedAt"),
        state.time("FinishedAt"),
        (int) state.number("ExitCode"),
        state.flag("OOMKilled"),
        state.text("Error"),
        (int) raw.number("RestartCount"),
        mounts(raw.objects("Mounts")),
        addresses(networks),
        raw.text("LogPath"),
        raw.object("HostConfig").frozen());
  }

  private static ContainerHealth health(Raw health) {
    ContainerHealth.State state =
        switch (health.text("Status")) {
          case "healthy" -> ContainerHealth.State.HEALTHY;
          case "unhealthy" -> ContainerHealth.State.UNHEALTHY;
          case "starting" -> ContainerHealth.State.STARTING;
          default -> ContainerHealth.State.NONE;
        };
    List<Raw> log = health.objects("Log");
    String output = log.isEmpty() ? "" : log.get(log.size() - 1).text("Output");
    return new ContainerHealth(state, output);
  }

  private static Program program(Raw config, boolean init) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String variable : config.texts("Env")) {
      int equals = variable.indexOf('=');
      if (equals > 0) {
        environment.put(variable.substring(0, equals), variable.substring(equals + 1));
      }
    }
    return new Program(
        config.texts("Entrypoint"),
        config.texts("Cmd"),
        environment,
        config.textIfAny("User"),
        config.textIfAny("WorkingDir"),
        config.flag("Tty"),
        init);
  }

  static List<PublishedPort> boundPorts(Raw ports) {
    List<PublishedPort> published = new ArrayList<>();
    for (String key : ports.values().keySet()) {
      String[] parts = key.split("/", 2);
      for (Raw binding : ports.objects(key)) {
        published.add(
            new PublishedPort(
                binding.text("HostIp"),
                Integer.parseInt(binding.textIfAny("HostPort").orElse("0")),
                Integer.parseInt(parts[0]),
                Protocol.of(parts.length < 2 ? "tcp" : parts[1])));
      }
    }
    return published;
  }

  private static Map<String, String> addresses(Raw networks) {
    Map<String, String> addresses = new LinkedHashMap<>();
    for (String name : networks.values().keySet()) {
      Optional<String> address = networks.object(name).textIfAny("IPAddress");
      address
          .or(() -> networks.object(name).textIfAny("GlobalIPv6Address"))
          .ifPresent(found -> addresses.put(name, found));
    }
    return addresses;
  }

  private static List<Mount> mounts(List<Raw> mounts) {
    List<Mount> read = new ArrayList<>();
    for (Raw mount : mounts) {
      Mount.Kind kind =
          switch (mount.text("Type").toLowerCase(Locale.ROOT)) {
            case "volume" -> Mount.Kind.VOLUME;
            case "bind" -> Mount.Kind.BIND;
            case "tmpfs" -> Mount.Kind.TMPFS;
            default -> Mount.Kind.OTHER;
          };
      read.add(
          new Mount(
              kind,
              mount.text(kind == Mount.Kind.VOLUME ? "Name" : "Source"),
              mount.text("Destination"),
              !mount.flag("RW"),
              Map.of()));
    }
    return read;
  }
}
