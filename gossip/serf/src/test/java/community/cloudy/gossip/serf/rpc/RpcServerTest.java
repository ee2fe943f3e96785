package community.cloudy.gossip.serf.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RpcServerTest {
  private ServedNode node;

  @BeforeEach
  void start() throws IOException {
    node = new ServedNode();
  }

  @AfterEach
  void stop() throws IOException {
    node.close();
  }

  /** Sends what the stock command sent, expecting headers 1 to {@code last} without errors. */
  private RpcClient replay(String name, int last) throws IOException {
    RpcClient client = node.connect(node.serve(Optional.of("s3cret")));
    client.send(RpcClient.vector("rpc_" + name + "_client"));
    for (int seq = 1; seq <= last; seq++) {
      assertThat(client.map()).isEqualTo(Map.of("Seq", (long) seq, "Error", ""));
    }
    return client;
  }

  @ParameterizedTest
  @CsvSource({"event,3", "tags,3", "force_leave,3", "leave,3"})
  void takesWhatTheStockCommandSends(String vector, int answers) throws IOException {
    replay(vector, answers);
  }

  @Test
  void answersTheStockMembersCommand() throws IOException {
    RpcClient client = replay("members_filtered", 3);

    assertThat((List<?>) client.map().get("Members"))
        .singleElement()
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("Name", "a")
        .containsEntry("Status", "alive")
        .containsEntry("Tags", Map.of("role", "web"))
        .containsOnlyKeys(
            "Addr",
            "DelegateCur",
            "DelegateMax",
            "DelegateMin",
            "Name",
            "Port",
            "ProtocolCur",
            "ProtocolMax",
            "ProtocolMin",
            "Status",
            "Tags");
  }

  @Test
  void answersTheStockReachabilityCommand() throws IOException {
    RpcClient client = replay("members_query", 3);
    client.map();

    assertThat(client.error()).isEmpty();
    assertThat(client.seq()).isEqualTo(4);
    assertThat(client.map()).isEqualTo(Map.of("Type", "ack", "From", "a", "Payload", ""));
    client.map();
    assertThat(client.map()).isEqualTo(Map.of("Type", "done", "From", "", "Payload", ""));
  }

  @Test
  void answersTheStockInfoCommand() throws IOException {
    Map<String, Object> stats = replay("stats", 3).map();

    assertThat(stats.get("agent")).isEqualTo(Map.of("name", "a"));
    assertThat(stats.get("tags")).isEqualTo(Map.of("role", "web"));
    assertThat(((Map<?, ?>) stats.get("serf")).keySet().toString())
        .isEqualTo(
            "[coordinate_resets, encrypted, event_queue, event_time, failed, health_score,"
                + " intent_queue, left, member_time, members, query_queue, query_time]");
  }

  @Test
  void sendsTheBodyAfterAnErrorToo() throws IOException {
    RpcClient keys = replay("list_keys", 2);
    assertThat(keys.error()).isEqualTo("1/1 nodes reported failure");
    assertThat(keys.map())
        .containsEntry("NumErr", 1L)
        .containsEntry("NumNodes", 1L)
        .containsEntry("NumResp", 1L)
        .containsEntry("Keys", Map.of())
        .containsEntry("Messages", Map.of("a", "Keyring is empty (encryption not enabled)"));

    RpcClient join = node.client();
    join.send("join", 1, "Existing", List.of("not an address:0x"), "Replay", false);
    assertThat(join.error()).startsWith("Could not join");
    assertThat(join.map()).isEqualTo(Map.of("Num", 0L));
  }

  @Test
  void eventsTooLongAreRefusedInSerfsWords() throws IOException {
    RpcClient client = node.client();
    client.send("event", 1, "Name", "x", "Payload", new byte[512]);
    client.send("event", 2, "Name", "x", "Payload", new byte[500]);

    assertThat(client.error())
        .isEqualTo("user event exceeds configured limit of 512 bytes before encoding");
    assertThat(client.error())
        .isEqualTo("encoded user event exceeds configured limit of 512 bytes after encoding");
  }

  @Test
  void aCoordinateNobodyKnowsIsNotOk() throws IOException {
    RpcClient client = node.client();
    client.send("get-coordinate", 1, "Node", "stranger");
    client.send("get-coordinate", 2, "Node", "a");

    client.map();
    assertThat(client.map()).containsEntry("Ok", false);
    client.map();
    assertThat(client.map()).containsEntry("Ok", true);
  }

  @Test
  void leavingRunsWhatFollowsAfterTheAnswer() throws Exception {
    RpcClient client = node.client();

    client.send("leave", 1);

    assertThat(client.error()).isEmpty();
    assertThat(node.left.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aTakenPortIsSaid() {
    assertThatThrownBy(
            () ->
                RpcServer.start(
                    node.serf, node.server.address(), Optional.empty(), node.left::countDown))
        .isInstanceOf(BindException.class);
  }

  @Test
  void closingFreesThePort() throws Exception {
    RpcClient client = node.client();
    node.server.close();

    assertThat(client.ended()).isTrue();
    RpcServer.start(node.serf, node.server.address(), Optional.empty(), node.left::countDown)
        .close();
  }
}
