package community.cloudy.services.peerstreamer;

import community.cloudy.services.peerstreamer.Channel.Ports;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.nio.file.Path;
import java.util.List;

/** The command of VLC, for nodes without ffmpeg. */
final class Vlc {
  private Vlc() {}

  /** Returns what sends a source as it is to the streamer and to the meter. */
  static List<String> feeder(Path program, Source source, Ports ports) {
    if (source.isSecret() || source.scheme() == Source.Scheme.DEVICE) {
      throw new ServiceException(
          Code.MISSING,
          "VLC cannot be given a source with a login or a camera safely. Install ffmpeg:"
              + " apt install ffmpeg");
    }
    return List.of(
        program.toString(),
        "-I",
        "dummy",
        "--quiet",
        "--loop",
        "--sout-keep",
        "--sout",
        "#duplicate{dst=%s,dst=%s}".formatted(to(ports.input()), to(ports.meter())),
        source.scheme() == Source.Scheme.FILE ? source.path().toUri().toString() : source.text());
  }

  private static String to(int port) {
    return "std{access=udp,mux=ts,dst=127.0.0.1:" + port + "}";
  }
}
