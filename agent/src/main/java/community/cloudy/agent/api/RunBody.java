package community.cloudy.agent.api;

import community.cloudy.containers.engine.ContainerRequest;
import community.cloudy.containers.engine.EngineException;
import community.cloudy.containers.engine.Limits;
import community.cloudy.containers.engine.Mount;
import community.cloudy.containers.engine.Privileges;
import community.cloudy.containers.engine.Program;
import community.cloudy.containers.engine.Protocol;
import community.cloudy.containers.engine.PublishedPort;
import community.cloudy.containers.engine.RestartPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the container that somebody wants. Ports and volumes are written as Compose has them. */
final class RunBody {
  private static final int MAX_LIST = 100;
  private static final Pattern PORT =
      Pattern.compile(
          "(?:(\\[[0-9a-fA-F:.]+]|[0-9.]+):)?([0-9]{1,5}):([0-9]{1,5})(?:/(tcp|udp|sctp))?");
  private static final Pattern VOLUME = Pattern.compile("(?:([^:]+):)?(/[^:]*)(?::(ro|rw))?");

  private final Body body;

  private RunBody(Body body) {
    this.body = body;
  }

  static ContainerRequest read(Body body) {
    return new RunBody(body).request();
  }

  private ContainerRequest request() {
    String image = body.text("image");
    String name = body.text("name");
    Optional<Program> program = program();
    Map<String, String> labels = body.namedTexts("labels", MAX_LIST);
    List<PublishedPort> ports = ports();
    List<Mount> mounts = mounts();
    String network = body.textIfAny("network");
    String restart = body.textIfAny("restart");
    Optional<Limits> limits = limits();
    boolean readOnly = body.flag("read_only");
    Privileges privileges = privileges();
    Optional<ContainerRequest> request =
        refusable(
            "",
            () -> {
              ContainerRequest.Builder builder =
                  ContainerRequest.of(image)
                      .with()
                      .name(name)
                      .program(program.orElse(Program.OF_IMAGE))
                      .labels(labels)
                      .ports(ports)
                      .mounts(mounts)
                      .restart(restart.isEmpty() ? RestartPolicy.NO : RestartPolicy.of(restart))
                      .limits(limits.orElse(Limits.NONE))
                      .readOnly(readOnly)
                      .privileges(privileges);
              return (network.isEmpty() ? builder : builder.network(network)).build();
            });
    body.end();
    return request.orElseThrow();
  }

  /** The engine's room says by its own exception what is wrong with a value. */
  private <T> Optional<T> refusable(String name, Supplier<T> maker) {
    return body.made(
        name,
        () -> {
          try {
            return maker.get();
          } catch (EngineException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
          }
        });
  }

  private Optional<Program> program() {
    List<String> entrypoint = body.textsIfAny("entrypoint", MAX_LIST);
    List<String> command = body.textsIfAny("command", MAX_LIST);
    Map<String, String> environment = body.namedTexts("environment", MAX_LIST);
    Optional<String> user = textIf("user");
    Optional<String> folder = textIf("folder");
    boolean init = body.flag("init");
    return refusable(
        "command", () -> new Program(entrypoint, command, environment, user, folder, false, init));
  }

  private Optional<String> textIf(String name) {
    return Optional.of(body.textIfAny(name)).filter(text -> !text.isEmpty());
  }

  private List<PublishedPort> ports() {
    List<PublishedPort> ports = new ArrayList<>();
    for (String text : body.textsIfAny("ports", MAX_LIST)) {
      Matcher port = PORT.matcher(text);
      if (!port.matches()) {
        body.refuse("ports", "must be like 8080:80 or 127.0.0.1:53:53/udp");
        continue;
      }
      String address = port.group(1) == null ? "" : port.group(1).replaceAll("[\\[\\]]", "");
      String protocol = port.group(4) == null ? "tcp" : port.group(4);
      refusable(
              "ports",
              () ->
                  new PublishedPort(
                      address,
                      Integer.parseInt(port.group(2)),
                      Integer.parseInt(port.group(3)),
                      Protocol.valueOf(protocol.toUpperCase(Locale.ROOT))))
          .ifPresent(ports::add);
    }
    return ports;
  }

  private List<Mount> mounts() {
    List<Mount> mounts = new ArrayList<>();
    for (String text : body.textsIfAny("volumes", MAX_LIST)) {
      Matcher volume = VOLUME.matcher(text);
      if (!volume.matches()) {
        body.refuse("volumes", "must be like web_data:/data or /data, with :ro if it wants");
        continue;
      }
      String source = volume.group(1) == null ? "" : volume.group(1);
      Mount.Kind kind = source.startsWith("/") ? Mount.Kind.BIND : Mount.Kind.VOLUME;
      boolean readOnly = "ro".equals(volume.group(3));
      refusable("volumes", () -> new Mount(kind, source, volume.group(2), readOnly, Map.of()))
          .ifPresent(mounts::add);
    }
    return mounts;
  }

  private Optional<Limits> limits() {
    int megabytes = body.number("memory_mb", 6, 1 << 24, 0);
    int thousandths = body.number("cpus_thousandths", 1, 1 << 20, 0);
    int pids = body.number("pids", 1, 1 << 22, 0);
    return refusable("", () -> new Limits((long) megabytes << 20, thousandths, pids));
  }

  private Privileges privileges() {
    return new Privileges(
        body.flag("privileged"),
        body.textsIfAny("cap_add", MAX_LIST),
        body.textsIfAny("cap_drop", MAX_LIST),
        body.textsIfAny("devices", MAX_LIST),
        body.textsIfAny("security_opt", MAX_LIST),
        body.namedTexts("namespaces", MAX_LIST),
        List.of(),
        body.namedTexts("sysctls", MAX_LIST),
        List.of(),
        "",
        "");
  }
}
