package community.cloudy.services.syncthing;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import community.cloudy.gossip.discovery.Announcement.Offer;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.NodeKey;
import community.cloudy.gossip.discovery.Service;
import community.cloudy.gossip.discovery.Service.Trust;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.services.spi.Resource;
import community.cloudy.services.spi.RunMode;
import community.cloudy.services.spi.TestCatalogue;
import community.cloudy.services.spi.TestContext;
import community.cloudy.services.spi.TestPeople;
import community.cloudy.services.spi.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A node with a real Syncthing, called as the API would. */
final class Node implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SyncthingModule MODULE = new SyncthingModule();

  final String name;
  final Path folder;
  final SyncthingSettings settings;
  private final TestCatalogue catalogue;
  private TestContext context;
  private Syncthing syncthing;

  private Node(String name, Path folder, TestCatalogue catalogue, String settings)
      throws IOException {
    this.name = name;
    this.folder = folder;
    this.catalogue = catalogue;
    String ports = "\"port\": %d, \"gui_port\": %d".formatted(freePort(), freePort());
    this.settings =
        Settings.bind(
            SyncthingSettings.class,
            JSON.readTree("{" + ports + ", \"local_discovery\": false" + settings + "}"));
    begin();
  }

  /** Starts one and returns once its API answers. */
  static Node start(String name, Path folder, TestCatalogue catalogue, String settings)
      throws IOException {
    Node node = new Node(name, folder, catalogue, settings);
    node.awaitReady();
    return node;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private void begin() {
    context = new TestContext(name, "syncthing", folder, RunMode.PROCESS, catalogue);
    syncthing = MODULE.start(settings, context);
  }

  void awaitReady() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                syncthing.status().health().state() == Health.State.OK
                    && !syncthing.view().id().isEmpty());
  }

  /** Lets go of Syncthing, and begins again, as the next agent would. */
  void restartAgent() {
    syncthing.close();
    begin();
    awaitReady();
  }

  Syncthing syncthing() {
    return syncthing;
  }

  TestPeople people() {
    return context.people();
  }

  String device() {
    return syncthing.view().id();
  }

  /** Calls a resource with a body. */
  JsonNode call(String method, String path, String template, Map<String, String> at, String body)
      throws IOException {
    Resource<Syncthing> resource =
        MODULE.resources().stream()
            .filter(one -> one.method().equals(method) && one.path().equals(template))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no resource " + path));
    Resource.Call call =
        new Resource.Call(at, Map.of(), JSON.readTree(body.replace('\'', '"')), "a test");
    return JSON.readTree(resource.endpoint().answer(syncthing, call).content());
  }

  JsonNode get(String path) throws IOException {
    return call("GET", path, path, Map.of(), "{}");
  }

  JsonNode post(String path, String body) throws IOException {
    return call("POST", path, path, Map.of(), body);
  }

  JsonNode folder(String method, String verb, String id, String body) throws IOException {
    return call(method, verb, "/folders/{folder}" + verb, Map.of("folder", id), body);
  }

  /** Returns what the community hears of it. */
  Service announced(Trust trust) {
    Offer offer = syncthing.status().services().get(0).offer();
    List<ServiceEndpoint> endpoints =
        offer.endpoints().stream().map(endpoint -> endpoint.at("127.0.0.1")).toList();
    return new Service(
        name,
        trust == Trust.UNVERIFIED
            ? Optional.empty()
            : Optional.of(new NodeKey(Bytes.wrap(new byte[32]))),
        "syncthing",
        new Offer(
            offer.type(),
            offer.name(),
            offer.description(),
            endpoints,
            offer.attributes(),
            new Health(Health.State.OK, "fine")),
        Duration.ZERO,
        1,
        trust,
        false,
        false,
        List.of());
  }

  @Override
  public void close() {
    syncthing.close();
    context.close();
  }
}
