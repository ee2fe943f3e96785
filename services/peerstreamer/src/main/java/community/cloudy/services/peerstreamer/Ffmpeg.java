package community.cloudy.services.peerstreamer;

import community.cloudy.services.peerstreamer.Channel.Ports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The commands of ffmpeg, 4.2 or newer. Each names the protocols and formats that it may open: a
 * playlist or a script that lies where a film is expected must not open files of the node.
 *
 * @param program where it is
 */
record Ffmpeg(Path program) {
  /** Holds the URL of a source that has a login, which everybody could read on a command line. */
  static final String SCRIPT = "source.ffconcat";

  static final String PLAYLIST = "index.m3u8";

  private static final String FILMS =
      "mpegts,mpeg,mov,matroska,avi,flv,asf,ogg,mp3,aac,wav,h264,hevc,mpegvideo";

  /** Seven packets of a transport stream, the most that one datagram of an Ethernet holds. */
  private static final String PACKET = "?pkt_size=1316";

  /** How much of what a channel may carry is the picture; the rest is sound and packets. */
  private static final int PICTURE_PERCENT = 80;

  private List<String> begin(boolean silent) {
    return new ArrayList<>(
        List.of(
            program.toString(),
            "-hide_banner",
            "-nostdin",
            "-nostats",
            "-loglevel",
            // An error would be logged with the URL.
            silent ? "quiet" : "error"));
  }

  /** Returns what sends a source as it is to the streamer and to the meter. */
  List<String> feeder(Source source, Ports ports, int kbit) {
    List<String> command = begin(source.isSecret());
    command.addAll(source.isSecret() ? hidden(source) : input(source));
    for (int port : new int[] {ports.input(), ports.meter()}) {
      command.addAll(List.of("-map", "0:v?", "-map", "0:a?"));
      command.addAll(codecs(source, kbit));
      command.addAll(List.of("-f", "mpegts", "udp://127.0.0.1:" + port + PACKET));
    }
    return command;
  }

  private static List<String> input(Source source) {
    return switch (source.scheme()) {
      case FILE ->
          List.of(
              "-re",
              "-stream_loop",
              "-1",
              "-protocol_whitelist",
              "file",
              "-format_whitelist",
              FILMS,
              "-i",
              "file:" + source.path());
      case DEVICE -> List.of("-f", "v4l2", "-i", source.path().toString());
      case RTSP ->
          List.of("-protocol_whitelist", protocols(source), "-f", "rtsp", "-i", source.text());
      case HTTP, HTTPS ->
          List.of(
              "-re",
              "-protocol_whitelist",
              protocols(source),
              "-format_whitelist",
              FILMS + ",hls,mpjpeg",
              "-i",
              source.text());
      case UDP ->
          List.of(
              "-protocol_whitelist",
              protocols(source),
              "-f",
              "mpegts",
              "-i",
              source.text() + "?overrun_nonfatal=1");
    };
  }

  /** The script is a file, so what it names must be no playlist: that could name files, too. */
  private static List<String> hidden(Source source) {
    List<String> input = new ArrayList<>();
    if (source.scheme() != Source.Scheme.RTSP) {
      input.add("-re");
    }
    input.addAll(List.of("-protocol_whitelist", "file," + protocols(source)));
    input.addAll(List.of("-format_whitelist", "concat,rtsp,sdp,mpjpeg," + FILMS));
    input.addAll(List.of("-f", "concat", "-safe", "0", "-i", SCRIPT));
    return input;
  }

  /** Returns what {@link #SCRIPT} must hold; the source has no apostrophe. */
  static String script(Source source) {
    return "ffconcat version 1.0\nfile '" + source.text() + "'\n";
  }

  private static String protocols(Source source) {
    return switch (source.scheme()) {
      case RTSP -> "rtsp,rtp,rtcp,udp,tcp";
      case HTTP, HTTPS -> "http,https,httpproxy,tls,tcp,crypto";
      default -> "udp";
    };
  }

  private static List<String> codecs(Source source, int kbit) {
    return source.scheme() == Source.Scheme.DEVICE
        ? List.of(
            "-c:v",
            "libx264",
            "-preset",
            "veryfast",
            "-tune",
            "zerolatency",
            "-pix_fmt",
            "yuv420p",
            "-g",
            "50",
            "-b:v",
            kbit * PICTURE_PERCENT / 100 + "k")
        : List.of("-c", "copy");
  }

  /** Returns what makes HLS, in the folder it runs in, of what comes to the port. */
  List<String> hls(Ports ports) {
    List<String> command = begin(false);
    command.addAll(
        List.of(
            "-protocol_whitelist",
            "udp",
            "-f",
            "mpegts",
            "-i",
            "udp://127.0.0.1:" + ports.hls() + "?localaddr=127.0.0.1&overrun_nonfatal=1"));
    command.addAll(List.of("-map", "0:v?", "-map", "0:a?", "-c", "copy", "-f", "hls"));
    command.addAll(List.of("-hls_time", "2", "-hls_list_size", "6"));
    command.addAll(List.of("-hls_flags", "delete_segments+omit_endlist+temp_file"));
    // Numbers that no former run has used: players keep what they have.
    command.addAll(List.of("-hls_start_number_source", "epoch"));
    command.addAll(List.of("-hls_segment_filename", "%d.ts", PLAYLIST));
    return command;
  }
}
