package community.cloudy.gossip.serf.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RpcSessionTest {
  private ServedNode node;

  @BeforeEach
  void start() throws IOException {
    node = new ServedNode();
  }

  @AfterEach
  void stop() throws IOException {
    node.close();
  }

  @Test
  void aWrongKeyIsRefused() throws IOException {
    RpcClient client = node.connect(node.serve(Optional.of("another")));

    client.send(RpcClient.vector("rpc_auth_failed_client"));

    assertThat(client.error()).isEmpty();
    assertThat(client.error()).isEqualTo("Invalid authentication token");
  }

  @Test
  void unauthenticatedCommandsAreRefusedOneByOne() throws IOException {
    RpcClient client = node.connect(node.serve(Optional.of("s3cret")));

    client.send(RpcClient.vector("rpc_members_filtered_noauth_client"));
    client.send("auth", 7, "AuthKey", "s3cret");
    client.send("members", 8);

    assertThat(client.error()).isEmpty();
    assertThat(client.error()).isEqualTo("Authentication required");
    assertThat(client.map()).isEqualTo(Map.of("Seq", 7L, "Error", ""));
    assertThat(client.seq()).isEqualTo(8);
    assertThat(client.map()).containsKey("Members");
  }

  @Test
  void aCommandBeforeTheHandshakeEndsTheSession() throws IOException {
    RpcClient client = node.connect(node.server);

    client.send("members", 1);

    assertThat(client.error()).isEqualTo("Handshake required");
    assertThat(client.ended()).isTrue();
  }

  @Test
  void otherVersionsAreRefusedAndTheSessionGoesOn() throws IOException {
    RpcClient client = node.connect(node.server);

    client.send("handshake", 1, "Version", 2);
    client.send("handshake", 2, "Version", 1);
    client.send("handshake", 3, "Version", 1);

    assertThat(client.error()).isEqualTo("Unsupported IPC version");
    assertThat(client.error()).isEmpty();
    assertThat(client.error()).isEqualTo("Handshake already performed");
  }

  @Test
  void anyKeyButTheEmptyOneIsWrongWhereNoneIsSet() throws IOException {
    RpcClient client = node.client();

    client.send("auth", 1, "AuthKey", "x");
    client.send("auth", 2, "AuthKey", "");

    assertThat(client.error()).isEqualTo("Invalid authentication token");
    assertThat(client.error()).isEmpty();
  }

  @Test
  void anUnknownCommandEndsTheSession() throws IOException {
    RpcClient client = node.client();

    client.send("dance", 1);

    assertThat(client.error()).isEqualTo("Unsupported command");
    assertThat(client.ended()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"c1", "01", "93010203", "df7fffffff", "dbffffffff"})
  void nonsenseEndsTheSessionWithoutAnAnswer(String hex) throws IOException {
    RpcClient client = node.client();

    client.send(HexFormat.of().parseHex(hex));

    assertThatThrownBy(client::map).isInstanceOf(EOFException.class);
  }

  @Test
  void aNumberForANameEndsTheSessionWithoutAnAnswer() throws IOException {
    RpcClient client = node.client();

    client.send("event", 1, "Name", 7);

    assertThat(client.ended()).isTrue();
  }

  @Test
  void aBadExpressionEndsTheSessionWithoutAnAnswer() throws IOException {
    RpcClient client = node.client();

    client.send("members-filtered", 1, "Name", "(", "Status", "", "Tags", Map.of());

    assertThat(client.ended()).isTrue();
  }

  @Test
  void aRequestOfOverOneMebibyteEndsTheSession() throws IOException {
    RpcClient client = node.client();

    // The connection may be gone before all of it is sent, or only after.
    assertThatThrownBy(
            () -> {
              client.send("event", 1, "Name", "x", "Payload", new byte[RequestBuffer.LONGEST]);
              client.map();
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void tooManyClientsAreTurnedAway() throws IOException {
    List<RpcClient> clients = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      clients.add(node.client());
    }

    assertThatThrownBy(node::client).isInstanceOf(IOException.class);

    clients.get(63).send("members", 1);
    assertThat(clients.get(63).error()).isEmpty();
  }

  @Test
  void aClientThatGoesMakesRoomForAnother() throws Exception {
    for (int i = 0; i < 200; i++) {
      RpcClient client = node.client();
      client.send("dance", 1);
      assertThat(client.error()).isEqualTo("Unsupported command");
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void requestsOfManyPiecesArePutTogether() throws IOException {
    RpcClient client = node.connect(node.server);

    for (byte each : RpcClient.vector("rpc_members_filtered_noauth_client")) {
      client.send(new byte[] {each});
    }

    assertThat(client.error()).isEmpty();
    assertThat(client.error()).isEmpty();
    assertThat(client.map()).containsKey("Members");
  }

  @Test
  void thousandsOfRequestsAtOnceAreAnsweredInOrder() throws IOException {
    RpcClient client = node.client();
    Thread sender = new Thread(() -> flood(client));
    sender.start();

    for (int seq = 1; seq <= 5_000; seq++) {
      assertThat(client.seq()).isEqualTo(seq);
      client.map();
    }
  }

  private static void flood(RpcClient client) {
    try {
      for (int seq = 1; seq <= 5_000; seq++) {
        client.send("members", seq);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
