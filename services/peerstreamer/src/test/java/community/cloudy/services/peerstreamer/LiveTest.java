package community.cloudy.services.peerstreamer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import community.cloudy.services.peerstreamer.Channel.Kind;
import community.cloudy.services.peerstreamer.Channel.Peer;
import community.cloudy.services.peerstreamer.Channel.Ports;
import community.cloudy.services.peerstreamer.Run.State;
import community.cloudy.services.spi.TestContext;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a channel, on a clock of the test, with a streamer that does nothing. */
final class LiveTest {
  private static final Instant BEGAN = Instant.parse("2026-11-29T20:00:00Z");
  private static final int METER = 26_301;

  @TempDir private Path folder;
  private TestContext context;
  private Live live;

  @BeforeEach
  void make() throws IOException {
    Path streamer = Files.writeString(folder.resolve("streamer"), "#!/bin/sh\nexec sleep 60\n");
    streamer.toFile().setExecutable(true);
    PeerstreamerSettings settings =
        Node.bound(
            "{\"program\": \"%s\", \"dialect\": \"classic\", \"hls\": false}".formatted(streamer));
    Channel channel =
        new Channel(
            "tv",
            Kind.RELAY,
            "TV",
            Optional.empty(),
            Optional.of(new Peer("127.0.0.1", 9, "attic")),
            5000,
            new Ports(26_300, 0, METER, 26_302));
    context = new TestContext("peerstreamer", folder.resolve("node"));
    Tools tools = new Tools(settings, InetAddress.getLoopbackAddress(), folder);
    live = new Live(channel, context, folder.resolve("tv"), () -> tools);
  }

  @AfterEach
  void end() {
    live.end();
    context.close();
  }

  private State at(int second) {
    live.tick(BEGAN.plusSeconds(second));
    return live.view().state();
  }

  private void send() throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(
          new DatagramPacket(new byte[1316], 1316, InetAddress.getLoopbackAddress(), METER));
    }
  }

  @Test
  void whatNeverComesIsTriedAgainAfterWaitsThatDouble() {
    assertThat(at(0)).isEqualTo(State.STARTING);
    assertThat(at(9)).isEqualTo(State.STARTING);
    assertThat(at(10)).isEqualTo(State.WAITING);
    assertThat(live.view().evidence()).startsWith("It carried nothing for 10 s");
    assertThat(at(11)).isEqualTo(State.WAITING);
    assertThat(at(12)).isEqualTo(State.STARTING);
    assertThat(at(22)).isEqualTo(State.WAITING);
    assertThat(at(25)).isEqualTo(State.WAITING);
    assertThat(at(26)).isEqualTo(State.STARTING);
    assertThat(at(36)).isEqualTo(State.WAITING);
    live.wake();
    assertThat(at(37)).as("announced anew").isEqualTo(State.STARTING);
  }

  @Test
  void aStreamFlowsFallsSilentAndIsWithdrawnAtItsEndOnly() throws IOException {
    assertThat(at(0)).isEqualTo(State.STARTING);
    assertThat(live.view().isAlive()).isFalse();
    send();
    await().until(() -> at(1) == State.FLOWING);
    assertThat(live.view().bytes()).isEqualTo(1316);
    assertThat(at(4)).isEqualTo(State.SILENT);
    assertThat(live.view().isAlive()).isTrue();
    assertThat(at(30)).isEqualTo(State.SILENT);
    assertThat(at(31)).isEqualTo(State.WAITING);
    assertThat(live.view().isAlive()).isFalse();
    assertThat(live.view().restarts()).isEqualTo(1);
  }

  @Test
  void saysThatItChangedOnlyIfItDid() {
    at(0);
    at(10);
    int told = context.changes();

    assertThat(at(11)).isEqualTo(State.WAITING);
    assertThat(context.changes()).isEqualTo(told);
    assertThat(at(12)).isEqualTo(State.STARTING);
    assertThat(context.changes()).isGreaterThan(told);
  }

  @Test
  void whatIsHaltedBeginsNoMore() {
    assertThat(at(0)).isEqualTo(State.STARTING);
    live.halt();
    assertThat(at(100)).isEqualTo(State.ENDED);
  }
}
