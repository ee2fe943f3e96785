package community.cloudy.gossip.serf.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import community.cloudy.gossip.serf.Serf;
import community.cloudy.gossip.serf.SerfConfig;
import community.cloudy.gossip.serf.SerfEvent;
import community.cloudy.gossip.serf.rpc.StockSerf.Outcome;
import community.cloudy.gossip.serf.wire.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StockSerfCliIT {
  private static final Bytes KEY = Bytes.utf8("0123456789abcdef");
  private static final String OTHER_KEY = base64(Bytes.utf8("fedcba9876543210"));

  @TempDir private Path directory;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Set<String> heard = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean left = new AtomicBoolean();

  @BeforeEach
  void needsSerf() {
    Assumptions.assumeTrue(
        Files.isExecutable(StockSerf.PROGRAM), StockSerf.PROGRAM + " is not installed");
  }

  @AfterEach
  void closeAll() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  private <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    return resource;
  }

  private static String base64(Bytes key) {
    return Base64.getEncoder().encodeToString(key.array());
  }

  private static void eventually(ThrowingRunnable check) {
    await().atMost(Duration.ofSeconds(20)).untilAsserted(check);
  }

  private Serf node(String name) {
    return node(SerfConfig.named(name, "127.0.0.1:0").withTags(Map.of("role", "web")));
  }

  private Serf node(SerfConfig config) {
    return opened(Serf.start(config, this::heard));
  }

  private void heard(SerfEvent event) {
    if (event instanceof SerfEvent.UserEvent user) {
      heard.add(user.name() + "=" + user.payload());
    } else if (event instanceof SerfEvent.Query query && query.name().equals("load")) {
      query.responder().respond(Bytes.utf8("low"));
    }
  }

  private Client serve(Serf serf) throws IOException {
    return serve(serf, Optional.empty());
  }

  private Client serve(Serf serf, Optional<String> key) throws IOException {
    InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    RpcServer server = opened(RpcServer.start(serf, bind, key, () -> left.set(true)));
    List<String> options = new ArrayList<>();
    options.add("-rpc-addr=127.0.0.1:" + server.address().getPort());
    key.ifPresent(secret -> options.add("-rpc-auth=" + secret));
    return new Client(options);
  }

  private static String address(Serf serf) {
    return serf.localMember().endpoint().toString();
  }

  /** A free address of which TCP and UDP ports hopefully both are free. */
  private static String freeAddress() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
      return "127.0.0.2:" + socket.getLocalPort();
    }
  }

  /** The serf command pointed at one node. */
  private final class Client {
    private final List<String> options;

    Client(List<String> options) {
      this.options = options;
    }

    int port() {
      return Integer.parseInt(options.get(0).replaceAll(".*:", ""));
    }

    private List<String> command(String command, String... arguments) {
      List<String> all = new ArrayList<>(List.of(command));
      all.addAll(options);
      all.addAll(List.of(arguments));
      return all;
    }

    Outcome run(String command, String... arguments) {
      return StockSerf.run(directory, command(command, arguments));
    }

    /** Runs a command that must succeed. */
    String does(String command, String... arguments) {
      Outcome outcome = run(command, arguments);
      assertThat(outcome.status()).as(outcome.output()).isZero();
      return outcome.output();
    }

    /** Runs a command that must fail. */
    String fails(String command, String... arguments) {
      Outcome outcome = run(command, arguments);
      assertThat(outcome.status()).as(outcome.output()).isOne();
      return outcome.output();
    }

    StockSerf background(String command, String... arguments) {
      return opened(StockSerf.start(directory, command(command, arguments)));
    }
  }

  /** A stock agent, once it answers. */
  private Client stockAgent(String name, String gossip, String... arguments) throws IOException {
    String rpc = freeAddress();
    List<String> command =
        new ArrayList<>(List.of("agent", "-node=" + name, "-bind=" + gossip, "-rpc-addr=" + rpc));
    command.addAll(List.of(arguments));
    opened(StockSerf.start(directory, command));
    Client client = new Client(List.of("-rpc-addr=" + rpc));
    eventually(() -> client.does("members"));
    return client;
  }

  @Test
  void membersAreListedAndFiltered() throws IOException {
    Serf a = node("a");
    Serf b = node(SerfConfig.named("b", "127.0.0.1:0").withTags(Map.of("role", "db")));
    Client client = serve(a);

    assertThat(client.does("join", address(b))).contains("contacting 1 nodes");

    assertThat(client.does("members")).contains(address(a), address(b), "role=db");
    assertThat(client.does("members", "-name", "b|c")).contains("role=db").doesNotContain("web");
    assertThat(client.does("members", "-tag", "role=w.b"))
        .contains("role=web")
        .doesNotContain("role=db");
    assertThat(client.does("members", "-tag", "role=w")).isBlank();
    assertThat(client.does("members", "-status", "left|failed")).isBlank();
    assertThat(client.does("members", "-format=json", "-detailed", "-status=alive"))
        .contains("\"name\": \"b\"", "\"version\": 5");
    assertThat(client.does("reachability")).contains("Successfully contacted all live nodes");
  }

  @Test
  void joiningNobodySaysWhy() throws IOException {
    Client client = serve(node("a"));

    assertThat(client.fails("join", freeAddress())).contains("Connection refused");
  }

  @Test
  void leavingRunsWhatFollows() throws IOException {
    Client client = serve(node("a"));

    assertThat(client.does("leave")).contains("Graceful leave complete");

    await().untilTrue(left);
  }

  @Test
  void failedMembersAreForcedToLeaveAndPruned() throws IOException {
    Serf a = node("a");
    Serf b = Serf.start(SerfConfig.named("b", "127.0.0.1:0"), event -> {});
    Client client = serve(a);
    client.does("join", address(b));
    b.close();
    eventually(() -> assertThat(client.does("members", "-status=failed")).contains("b "));

    client.does("force-leave", "b");

    assertThat(client.does("members", "-status=left")).contains("b ");
    client.does("force-leave", "-prune", "b");
    eventually(() -> assertThat(client.does("members", "-name=b")).isBlank());
  }

  @Test
  void eventsReachTheCommunity() throws IOException {
    Client client = serve(node("a"));

    client.does("event", "-coalesce=false", "deploy", "1.2.3");

    assertThat(heard).containsExactly("deploy=1.2.3");
    assertThat(client.fails("event", "deploy", "x".repeat(600)))
        .contains("user event exceeds configured limit of 512 bytes before encoding");
  }

  @Test
  void queriesFindThoseAsked() throws IOException {
    Serf a = node("a");
    Serf b = node(SerfConfig.named("b", "127.0.0.1:0").withTags(Map.of("role", "db")));
    Client client = serve(a);
    client.does("join", address(b));

    assertThat(client.does("query", "load"))
        .contains("Ack from 'a'", "Response from 'a': low", "Total Responses: 2");
    assertThat(client.does("query", "-node=b", "-no-ack", "-relay-factor=1", "load"))
        .contains("Response from 'b': low", "Total Responses: 1")
        .doesNotContain("Ack");
    assertThat(client.does("query", "-tag", "role=^d", "load")).contains("Total Responses: 1");
    assertThat(client.does("query", "-timeout=500ms", "nobody")).contains("Total Responses: 0");
    assertThat(client.fails("query", "_serf_conflict", "a"))
        .contains("Queries cannot contain the '_serf_' prefix");
  }

  @Test
  void tagsChange() throws IOException {
    Client client = serve(node("a"));

    client.does("tags", "-set", "color=red", "-delete", "role");

    assertThat(client.does("members")).contains("color=red").doesNotContain("role");
    assertThat(client.fails("tags", "-set", "long=" + "x".repeat(600)))
        .contains("Encoded length of tags exceeds limit of 512 bytes");
  }

  @Test
  void keysRotate() throws IOException {
    Client client = serve(node(SerfConfig.named("a", "127.0.0.1:0").withKeys(List.of(KEY))));

    client.does("keys", "-install", OTHER_KEY);
    client.does("keys", "-use", OTHER_KEY);

    assertThat(client.does("keys", "-list")).contains(OTHER_KEY + "  [1/1]", base64(KEY));
    assertThat(client.fails("keys", "-remove", OTHER_KEY))
        .contains("Removing the primary key is not allowed");
    client.does("keys", "-remove", base64(KEY));
    assertThat(client.does("keys", "-list")).doesNotContain(base64(KEY));
    assertThat(client.fails("keys", "-install", "x!")).contains("illegal base64 data");
  }

  @Test
  void keysOfAPlainNodeAreRefused() throws IOException {
    Client client = serve(node("a"));

    assertThat(client.fails("keys", "-list"))
        .contains("Keyring is empty (encryption not enabled)", "1/1 nodes reported failure");
  }

  @Test
  void infoAndDistanceAreTold() throws IOException {
    Serf a = node("a");
    Serf b = node("b");
    Client client = serve(a);
    client.does("join", address(b));

    assertThat(client.does("info"))
        .contains("name = a", "members = 2", "role = web", "encrypted = false", "member_time = ");
    eventually(() -> assertThat(client.does("rtt", "a", "b")).contains("a <-> b rtt:"));
    assertThat(client.fails("rtt", "a", "nobody")).contains("nobody");
  }

  @Test
  void theMonitorShowsEventsAndTheLog() throws IOException {
    Client client = serve(node("a"));
    StockSerf monitor = client.background("monitor");
    eventually(() -> assertThat(monitor.output()).contains("serf rpc listens"));

    client.does("event", "-coalesce=false", "deploy", "now");

    eventually(() -> assertThat(monitor.output()).contains("Name: \"deploy\""));
    monitor.interrupt();
    assertThat(monitor.await().status()).isZero();
  }

  @Test
  void theRightKeyIsNeeded() throws IOException {
    Serf a = node("a");
    Client client = serve(a, Optional.of("s3cret"));

    assertThat(client.does("members")).contains("role=web");
    Client nobody = new Client(List.of(client.options.get(0)));
    Client wrong = new Client(List.of(client.options.get(0), "-rpc-auth=guess"));
    assertThat(nobody.fails("members")).contains("Authentication required");
    assertThat(wrong.fails("members")).contains("Invalid authentication token");
  }

  @Test
  void aStockAgentAndThisNodeHearAndAnswerEachOther() throws IOException {
    Serf a = node("a");
    Client ours = serve(a);
    String gossip = freeAddress();
    Path log = directory.resolve("events");
    Client stock =
        stockAgent(
            "stock",
            gossip,
            "-event-handler=query:uptime=echo hi",
            "-event-handler=user:deploy=cat >> " + log);

    assertThat(ours.does("join", gossip)).contains("contacting 1 nodes");

    eventually(() -> assertThat(stock.does("members", "-status=alive")).contains("role=web"));
    assertThat(ours.does("query", "uptime")).contains("Response from 'stock': hi");
    assertThat(stock.does("query", "load")).contains("Response from 'a': low");
    stock.does("event", "-coalesce=false", "greet", "hello");
    eventually(() -> assertThat(heard).contains("greet=hello"));
    ours.does("event", "-coalesce=false", "deploy", "7");
    eventually(() -> assertThat(log).hasContent("7"));
    ours.does("tags", "-set", "role=mail");
    eventually(() -> assertThat(stock.does("members")).contains("role=mail"));
    ours.does("leave");
    eventually(() -> assertThat(stock.does("members", "-status=left")).contains("a "));
  }

  @Test
  void silentAndDeafClientsHarmNobody() throws IOException {
    Client client = serve(node("a"));
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), client.port());
    for (int i = 0; i < 10; i++) {
      Socket silent = opened(new Socket());
      silent.connect(address);
    }
    opened(DeafClient.connect(address));

    assertThat(client.does("members")).contains("role=web");
    client.does("event", "deploy");
    assertThat(client.does("query", "load")).contains("Response from 'a': low");
  }
}
