package community.cloudy.services.peerstreamer;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import community.cloudy.gossip.discovery.Announcement.Offer;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.Service;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.gossip.discovery.ServiceSpec;
import community.cloudy.services.spi.Resource;
import community.cloudy.services.spi.RunMode;
import community.cloudy.services.spi.TestCatalogue;
import community.cloudy.services.spi.TestContext;
import community.cloudy.services.spi.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The module at work on a node of a test, with port ranges of its own. */
final class Node implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final PeerstreamerModule MODULE = new PeerstreamerModule();

  final PeerstreamerSettings settings;
  private final String name;
  private final Path folder;
  private final RunMode mode;
  private final TestCatalogue catalogue;
  private TestContext context;
  private Peerstreamer peerstreamer;

  Node(String name, int ports, Path folder, RunMode mode, TestCatalogue catalogue, String settings)
      throws IOException {
    this.name = name;
    this.folder = Files.createDirectories(folder);
    this.mode = mode;
    this.catalogue = catalogue;
    String ranges =
        "\"p2p_ports\": \"%d-%d\", \"local_ports\": \"%d-%d\""
            .formatted(ports, ports + 9, ports + 10, ports + 99);
    this.settings = bound("{" + ranges + settings.replace('\'', '"') + "}");
    begin();
  }

  static PeerstreamerSettings bound(String json) throws IOException {
    return Settings.bind(PeerstreamerSettings.class, JSON.readTree(json));
  }

  private void begin() {
    context = new TestContext(name, "peerstreamer", folder, mode, catalogue);
    peerstreamer = MODULE.start(settings, context);
  }

  /** Lets go of the channels, and begins again, as the next agent would. */
  void restartAgent() {
    peerstreamer.close();
    begin();
  }

  Peerstreamer peerstreamer() {
    return peerstreamer;
  }

  Path media() {
    return folder.resolve("media");
  }

  Path channel(String id) {
    return folder.resolve("channels").resolve(id);
  }

  private Resource.Answer answer(
      String method, String template, Map<String, String> at, String body) throws IOException {
    Resource<Peerstreamer> resource =
        MODULE.resources().stream()
            .filter(one -> one.method().equals(method) && one.path().equals(template))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no resource " + template));
    Resource.Call call =
        new Resource.Call(at, Map.of(), JSON.readTree(body.replace('\'', '"')), "a test");
    return resource.endpoint().answer(peerstreamer, call);
  }

  JsonNode post(String path, String body) throws IOException {
    return JSON.readTree(answer("POST", path, Map.of(), body).content());
  }

  JsonNode list() throws IOException {
    return JSON.readTree(answer("GET", "/channels", Map.of(), "{}").content());
  }

  JsonNode get(String channel) throws IOException {
    return JSON.readTree(
        answer("GET", "/channels/{channel}", Map.of("channel", channel), "{}").content());
  }

  Resource.Answer hls(String channel, String file) throws IOException {
    return answer(
        "GET", "/channels/{channel}/hls/{file}", Map.of("channel", channel, "file", file), "{}");
  }

  void delete(String channel) throws IOException {
    answer("DELETE", "/channels/{channel}", Map.of("channel", channel), "{}");
  }

  void awaitState(String channel, String state) {
    await(name + ": " + channel + " is " + state)
        .atMost(Duration.ofSeconds(30))
        .until(() -> get(channel).path("state").asText().equals(state));
  }

  /** Returns the number of the process of a program of a channel, such as {@code peer-cam}. */
  long pid(String program) throws IOException {
    String line = Files.readString(folder.resolve("run").resolve(program + ".run"));
    return Long.parseLong(line.split(" ", 2)[0]);
  }

  /** Ends a program as a crash would. */
  void kill(String program) throws IOException {
    ProcessHandle.of(pid(program)).orElseThrow().destroyForcibly();
  }

  /** Returns what the community hears of it. */
  List<Service> announced() {
    return peerstreamer.status().services().stream().map(this::service).toList();
  }

  private Service service(ServiceSpec spec) {
    Offer offer = spec.offer();
    List<ServiceEndpoint> endpoints =
        offer.endpoints().stream().map(endpoint -> endpoint.at("127.0.0.1")).toList();
    return new Service(
        name,
        Optional.empty(),
        spec.id(),
        new Offer(
            offer.type(),
            offer.name(),
            offer.description(),
            endpoints,
            offer.attributes(),
            new Health(Health.State.OK, "fine")),
        Duration.ZERO,
        1,
        Service.Trust.UNVERIFIED,
        false,
        false,
        List.of());
  }

  @Override
  public void close() {
    peerstreamer.stop();
    context.close();
  }
}
