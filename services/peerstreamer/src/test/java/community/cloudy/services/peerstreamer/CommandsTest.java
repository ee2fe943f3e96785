package community.cloudy.services.peerstreamer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.services.peerstreamer.Channel.Peer;
import community.cloudy.services.peerstreamer.Channel.Ports;
import community.cloudy.services.spi.ServiceException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command lines, as the contracts of the programs have them. */
final class CommandsTest {
  private static final Ports PORTS = new Ports(6200, 5200, 7200, 7201);
  private static final Path STREAMER = Path.of("/opt/s");
  private static final Optional<Peer> PEER = Optional.of(new Peer("10.1.2.3", 6300, "attic"));

  @TempDir private Path folder;

  private static String command(Dialect dialect, Optional<Peer> peer) {
    return String.join(" ", dialect.command(STREAMER, "lo", PORTS, peer));
  }

  private static String feeder(String source) {
    return String.join(
        " ", new Ffmpeg(Path.of("/usr/bin/ffmpeg")).feeder(new Source(source), PORTS, 1000));
  }

  @Test
  void theClassicStreamerSendsAndWatches() {
    assertThat(command(Dialect.CLASSIC, Optional.empty()))
        .isEqualTo("/opt/s -I lo -P 6200 -f null,chunkiser=udp,port0=5200,addr=127.0.0.1");
    assertThat(command(Dialect.CLASSIC, PEER))
        .isEqualTo(
            "/opt/s -I lo -P 6200 -i 10.1.2.3 -p 6300"
                + " -F null,dechunkiser=udp,port0=7200,addr=127.0.0.1");
  }

  @Test
  void theEngineSendsAndWatches() {
    assertThat(command(Dialect.ENGINE, Optional.empty()))
        .isEqualTo("/opt/s -p 0 -c iface=lo,port=6200,chunkiser=udp,port0=5200,addr=127.0.0.1");
    assertThat(command(Dialect.ENGINE, PEER))
        .isEqualTo(
            "/opt/s -i 10.1.2.3 -p 6300 -c"
                + " iface=lo,port=6200,dechunkiser=udp,port0=7200,addr=127.0.0.1");
  }

  @Test
  void theDialectIsToldByNameOrHelp() throws Exception {
    assertThat(Dialect.AUTO.of(Path.of("/opt/streamer-udp-grapes-static")))
        .isEqualTo(Dialect.CLASSIC);
    assertThat(Dialect.AUTO.of(Path.of("/opt/pstreamer"))).isEqualTo(Dialect.ENGINE);
    assertThat(Dialect.ENGINE.of(Path.of("/opt/streamer-x"))).isEqualTo(Dialect.ENGINE);
    for (String dialect : List.of("classic", "engine")) {
      Path program = StreamerDouble.install(folder, "video-" + dialect, dialect);
      assertThat(Dialect.AUTO.of(program)).hasToString(dialect.toUpperCase(java.util.Locale.ROOT));
    }
    assertThatThrownBy(() -> Dialect.AUTO.of(Path.of("/bin/true")))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("Set dialect to classic or engine");
  }

  @Test
  void eachSourceIsReadWithTheProtocolsItNeedsOnly() {
    assertThat(feeder("file:/srv/film.ts"))
        .contains("-re -stream_loop -1 -protocol_whitelist file -format_whitelist mpegts,")
        .contains("-i file:/srv/film.ts")
        .endsWith("-c copy -f mpegts udp://127.0.0.1:7200?pkt_size=1316")
        .doesNotContain("hls")
        .doesNotContain("concat");
    assertThat(feeder("rtsp://cam/live"))
        .contains("-protocol_whitelist rtsp,rtp,rtcp,udp,tcp -f rtsp -i rtsp://cam/live");
    assertThat(feeder("https://cam/live.m3u8"))
        .contains("-protocol_whitelist http,https,httpproxy,tls,tcp,crypto")
        .contains("-i https://cam/live.m3u8");
    assertThat(feeder("udp://239.1.2.3:5000"))
        .contains("-protocol_whitelist udp -f mpegts -i udp://239.1.2.3:5000?overrun_nonfatal=1");
    assertThat(feeder("device:/dev/video0"))
        .contains("-f v4l2 -i /dev/video0", "-c:v libx264", "-b:v 800k");
  }

  @Test
  void aLoginIsOnNoCommandLine() {
    assertThat(feeder("http://eye:s3cret@cam/live.ts"))
        .contains("-loglevel quiet", "-f concat -safe 0 -i source.ffconcat")
        .doesNotContain("s3cret")
        .doesNotContain("hls");
    assertThat(Ffmpeg.script(new Source("http://eye:s3cret@cam/live.ts")))
        .isEqualTo("ffconcat version 1.0\nfile 'http://eye:s3cret@cam/live.ts'\n");
    assertThatThrownBy(
            () -> Vlc.feeder(Path.of("/usr/bin/vlc"), new Source("http://a:b@cam/x"), PORTS))
        .hasMessageContaining("apt install ffmpeg");
  }

  @Test
  void vlcFeedsWhereThereIsNoFfmpeg() {
    assertThat(Vlc.feeder(Path.of("/usr/bin/vlc"), new Source("file:/srv/My film.ts"), PORTS))
        .contains(
            "#duplicate{dst=std{access=udp,mux=ts,dst=127.0.0.1:5200},"
                + "dst=std{access=udp,mux=ts,dst=127.0.0.1:7200}}")
        .endsWith("file:///srv/My%20film.ts");
  }

  @Test
  void aLineOfTheSystemsTableTellsItsPort() {
    assertThat(
            UdpPorts.port(
                "  12: 0100007F:1838 00000000:0000 07 00000000:00000000 00:00000000 0 0 0 0 1"))
        .isEqualTo(6200);
  }
}
