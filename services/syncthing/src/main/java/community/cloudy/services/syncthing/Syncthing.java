package community.cloudy.services.syncthing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.gossip.discovery.ServiceSpec;
import community.cloudy.gossip.discovery.store.SafeFile;
import community.cloudy.services.spi.ModuleContext;
import community.cloudy.services.spi.ProcessSpec;
import community.cloudy.services.spi.RunMode;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import community.cloudy.services.spi.ServiceInstance;
import community.cloudy.services.spi.Status;
import community.cloudy.services.spi.Workload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Syncthing at work. */
final class Syncthing implements ServiceInstance<SyncthingSettings> {
  private static final Duration STARTS = Duration.ofSeconds(60);
  private static final Duration PING = Duration.ofSeconds(5);
  private static final int MAX_KEY = 256;

  private final ModuleContext context;
  private final Home home;
  private volatile SyncthingSettings settings;
  private volatile Workload workload;
  private volatile SyncthingApi api;
  private volatile EventLoop events;
  private volatile View view = View.NONE;
  private volatile String guiProblem = "";

  private Syncthing(ModuleContext context, SyncthingSettings settings) {
    this.context = context;
    this.settings = settings;
    home = new Home(context.folder().resolve("home"), context.random());
    api = new SyncthingApi(address(settings), () -> key(settings));
    workload = workload(settings);
    workload.start();
    events = new EventLoop(api, this::saw);
  }

  static Syncthing start(SyncthingSettings settings, ModuleContext context) {
    return new Syncthing(context, settings);
  }

  private boolean isOwn() {
    return context.mode() == RunMode.PROCESS;
  }

  private String address(SyncthingSettings wanted) {
    return isOwn() ? "http://127.0.0.1:" + wanted.guiPort() : wanted.address();
  }

  private String key(SyncthingSettings wanted) {
    if (isOwn()) {
      return home.apiKey();
    }
    Path file =
        wanted
            .apiKeyFile()
            .orElseThrow(
                () ->
                    new ServiceException(
                        Code.INVALID, "Say where its API key is: services.syncthing.api_key_file"));
    try {
      return new String(SafeFile.read(file, MAX_KEY), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new ServiceException(Code.MISSING, "Could not read " + file + ": " + e, e);
    }
  }

  private Workload workload(SyncthingSettings wanted) {
    if (!isOwn()) {
      return context.external(() -> ping(api));
    }
    home.prepare(wanted, context.address());
    ProcessSpec spec =
        ProcessSpec.of(
                "syncthing",
                List.of(
                    wanted.program().toString(),
                    "serve",
                    "--home",
                    home.path().toString(),
                    "--no-browser",
                    "--no-restart",
                    "--no-upgrade",
                    "--logflags=3"),
                home.path())
            // Else it forks a monitor, whose death would leave the real one holding the ports.
            .with("STMONITORED", "yes");
    return context.process(
        wanted.user().map(user -> spec.as(user, List.of())).orElse(spec), () -> ping(api));
  }

  private static Health ping(SyncthingApi api) throws IOException {
    try {
      api.call("GET", "/rest/system/ping", MissingNode.getInstance(), PING);
      return new Health(Health.State.OK, "its API answers");
    } catch (ServiceException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void saw(View now) {
    View before = view;
    if (before.id().isEmpty() && isOwn()) {
      protectGui();
    }
    view = now;
    if (!before.equals(now)) {
      context.changed();
    }
  }

  private void protectGui() {
    try {
      Gui.apply(api, settings, context.people().directory());
      guiProblem = "";
    } catch (ServiceException e) {
      guiProblem = String.valueOf(e.getMessage());
    }
  }

  View view() {
    return view;
  }

  SyncthingApi api() {
    return api;
  }

  Sharing sharing() {
    List<Path> places = new ArrayList<>();
    places.add(context.folder().resolve("data"));
    places.addAll(settings.paths());
    return new Sharing(api, places);
  }

  Pairing pairing() {
    return new Pairing(context.catalogue());
  }

  /** Looks now, so that what was just changed is seen. */
  View look() {
    View now = View.of(api);
    saw(now);
    return now;
  }

  /** Ports and program need a new process; all else is set while it runs. */
  @Override
  public void reload(SyncthingSettings wanted) {
    SyncthingSettings before = settings;
    boolean same =
        isOwn()
            && wanted.port() == before.port()
            && wanted.guiPort() == before.guiPort()
            && wanted.program().equals(before.program())
            && wanted.user().equals(before.user());
    if (same) {
      setOptions(wanted);
      // Syncthing's API starts anew after that.
      Gui.apply(api, wanted, context.people().directory());
      workload.awaitReady(STARTS);
      settings = wanted;
      return;
    }
    replace(wanted);
    try {
      workload.awaitReady(STARTS);
    } catch (ServiceException e) {
      replace(before);
      throw e;
    }
  }

  private void setOptions(SyncthingSettings wanted) {
    ObjectNode options = api.object("/rest/config/options");
    Options.of(wanted, context.address())
        .forEach(
            (name, value) -> {
              if (name.equals("listenAddress")) {
                return;
              }
              if (options.path(name).isBoolean()) {
                options.put(name, Boolean.parseBoolean(value));
              } else {
                options.put(name, Long.parseLong(value));
              }
            });
    api.put("/rest/config/options", options);
  }

  private void replace(SyncthingSettings wanted) {
    events.close();
    view = View.NONE;
    workload.stop();
    workload.close();
    settings = wanted;
    api = new SyncthingApi(address(wanted), () -> key(wanted));
    workload = workload(wanted);
    workload.start();
    events = new EventLoop(api, this::saw);
  }

  @Override
  public Status status() {
    View now = view;
    Workload.State state = workload.state();
    long connected = now.devices().values().stream().filter(View.Device::connected).count();
    long needed = now.folders().values().stream().mapToLong(View.Folder::needBytes).sum();
    List<ServiceSpec> services = now.id().isEmpty() ? List.of() : List.of(service(now));
    TreeMap<String, String> facts = new TreeMap<>();
    if (!now.id().isEmpty()) {
      facts.put("device_id", now.id());
      facts.put("version", now.version());
    }
    if (!guiProblem.isEmpty()) {
      facts.put("gui", guiProblem);
    }
    return new Status(
        health(now, state.health()),
        List.of(new ServiceEndpoint("http", "127.0.0.1", settings.guiPort(), "/")),
        services,
        facts,
        new TreeMap<>(
            Map.of(
                "folders", (double) now.folders().size(),
                "devices", (double) now.devices().size(),
                "devices_connected", (double) connected,
                "bytes_needed", (double) needed,
                "restarts_total", (double) state.restarts())));
  }

  private static Health health(View now, Health process) {
    Optional<Map.Entry<String, View.Folder>> broken =
        now.folders().entrySet().stream()
            .filter(folder -> folder.getValue().state().equals("error"))
            .findFirst();
    return process.state() == Health.State.OK && broken.isPresent()
        ? new Health(
            Health.State.FAILING,
            "folder %s: %s".formatted(broken.get().getKey(), broken.get().getValue().error()))
        : process;
  }

  private ServiceSpec service(View now) {
    ServiceSpec spec =
        ServiceSpec.of(
            "syncthing",
            Pairing.TYPE,
            "Syncthing of " + context.node(),
            "Syncthing instance running",
            List.of(new ServiceEndpoint("tcp", "", settings.port(), "")),
            new TreeMap<>(Map.of(Pairing.NODE_ID, now.id())));
    return new ServiceSpec(spec.id(), spec.offer(), Optional.empty());
  }

  @Override
  public List<String> log(int lines) {
    return workload.log(lines);
  }

  @Override
  public void stop() {
    events.close();
    workload.stop();
    workload.close();
  }

  @Override
  public void close() {
    events.close();
    workload.close();
  }

  static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }
}
