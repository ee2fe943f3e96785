package community.cloudy.gossip.serf.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RpcStreamTest {
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
  void eventsAreStreamedToThoseWhoAsked() throws IOException {
    RpcClient client = node.client();
    client.send("stream", 5, "Type", "user:deploy,query");
    client.send("stream", 5, "Type", "*");
    client.send("stream", 6, "Type", "nonsense");
    assertThat(client.error()).isEmpty();
    assertThat(client.error()).isEqualTo("Stream with given sequence exists");
    assertThat(client.error()).isEqualTo("Invalid event filter");

    RpcClient other = node.client();
    other.send("event", 1, "Name", "other", "Coalesce", false);
    other.send("event", 2, "Name", "deploy", "Payload", new byte[] {'x'}, "Coalesce", false);

    assertThat(client.seq()).isEqualTo(5);
    assertThat(client.map())
        .isEqualTo(
            Map.of(
                "Event", "user", "LTime", 2L, "Name", "deploy", "Payload", "x", "Coalesce", false));
  }

  @Test
  void aStoppedStreamIsSilent() throws IOException {
    RpcClient client = node.client();
    client.send("stream", 1, "Type", "user");
    client.send("stop", 2, "Stop", 1);
    client.send("event", 3, "Name", "deploy", "Coalesce", false);
    client.send("stop", 4, "Stop", 99);

    for (long seq = 1; seq <= 4; seq++) {
      assertThat(client.map()).isEqualTo(Map.of("Seq", seq, "Error", ""));
    }
  }

  @Test
  void streamedQueriesAreAnsweredByTheirNumber() throws IOException {
    RpcClient client = node.client();
    client.send("stream", 1, "Type", "query");
    assertThat(client.error()).isEmpty();
    RpcClient asker = node.client();
    asker.send("query", 9, "Name", "load", "Timeout", 500_000_000L);
    assertThat(asker.error()).isEmpty();
    client.map();
    Map<String, Object> query = client.map();
    assertThat(query).containsEntry("Event", "query").containsEntry("Name", "load");

    client.send("respond", 2, "ID", 77L, "Payload", new byte[] {'x'});
    client.send("respond", 3, "ID", query.get("ID"), "Payload", new byte[] {'l', 'o', 'w'});
    client.send("respond", 4, "ID", query.get("ID"), "Payload", new byte[] {'x'});

    assertThat(client.error()).isEqualTo("No pending queries matching ID");
    assertThat(client.error()).isEmpty();
    assertThat(client.error()).isEqualTo("response already sent");
    asker.map();
    assertThat(asker.map()).isEqualTo(Map.of("Type", "response", "From", "a", "Payload", "low"));
    asker.map();
    assertThat(asker.map()).containsEntry("Type", "done");
  }

  @Test
  void internalQueriesAreRefused() throws IOException {
    RpcClient client = node.client();
    client.send("query", 1, "Name", "_serf_conflict");
    client.send("query", 2, "Name", "_serf_ping", "Payload", new byte[0]);

    assertThat(client.error()).isEqualTo("Queries cannot contain the '_serf_' prefix");
    assertThat(client.error()).isEqualTo("Queries cannot contain the '_serf_' prefix");
  }

  @Test
  void theLogIsShownFromItsLevelUp() throws IOException {
    RpcClient client = node.client();
    client.send("monitor", 1, "LogLevel", "loud");
    client.send("monitor", 2, "LogLevel", "warn");
    client.send("monitor", 3, "LogLevel", "warn");
    assertThat(client.error()).isEqualTo("Unknown log level: LOUD");
    assertThat(client.error()).isEmpty();
    assertThat(client.error()).isEqualTo("Monitor already exists");
    Logger logger = Logger.getLogger("community.cloudy.test");

    logger.info("not this");
    logger.warning("but\nthis");

    assertThat(client.seq()).isEqualTo(2);
    assertThat(client.map().get("Log").toString()).endsWith(" [WARN] test: but this");
  }

  @Test
  void aClientThatNeverReadsLosesRecordsAndHoldsUpNobody() throws Exception {
    RpcClient deaf = node.client();
    deaf.send("stream", 1, "Type", "user");
    assertThat(deaf.error()).isEmpty();
    RpcClient client = node.client();

    for (int i = 1; i <= 12_000; i++) {
      client.send("event", i, "Name", "e" + i, "Payload", new byte[450], "Coalesce", false);
      assertThat(client.error()).isEmpty();
    }

    client.send("members", 1);
    assertThat(client.error()).isEmpty();
    int records = 0;
    String last = "";
    deaf.send("stats", 2);
    for (Map<String, Object> next = deaf.map(); (Long) next.get("Seq") == 1; next = deaf.map()) {
      last = deaf.map().get("Name").toString();
      records++;
    }
    assertThat(last).isNotEqualTo("e12000");
    assertThat(records).isBetween(RecordStream.MOST, 11_999);
  }
}
