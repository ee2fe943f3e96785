package community.cloudy.services.peerstreamer;

import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The programs that channels run, as the settings name them.
 *
 * @param address of the node
 * @param media the node's own folder of files to publish
 */
record Tools(PeerstreamerSettings settings, InetAddress address, Path media) {
  static final String GET_STREAMER =
      "PeerStreamer is not in Debian: build it from"
          + " https://github.com/netCommonsEU/PeerStreamer, or copy it from an old Cloudy, and say"
          + " where it is: services.peerstreamer.program";

  /** Returns what is missing and how to get it; empty if a channel can be joined. */
  Optional<String> missing() {
    return Files.isExecutable(settings.program())
        ? Optional.empty()
        : Optional.of(settings.program() + " is not there. " + GET_STREAMER);
  }

  /**
   * Refuses if there is no streamer.
   *
   * @throws ServiceException to say how to get one
   */
  void demand() {
    missing()
        .ifPresent(
            what -> {
              throw new ServiceException(Code.MISSING, what);
            });
  }

  boolean hasFfmpeg() {
    return Files.isExecutable(settings.ffmpeg());
  }

  /** Returns the command of a channel's streamer. */
  List<String> streamer(Channel channel) {
    demand();
    return settings
        .dialect()
        .of(settings.program())
        .command(settings.program(), networkInterface(), channel.ports(), channel.peer());
  }

  private String networkInterface() {
    if (settings.networkInterface().isPresent()) {
      return settings.networkInterface().get();
    }
    try {
      NetworkInterface found = NetworkInterface.getByInetAddress(address);
      if (found != null) {
        return found.getName();
      }
    } catch (SocketException e) {
      // As if there were none.
    }
    throw new ServiceException(
        Code.INVALID,
        "No network interface has the node's address %s. Set network_interface."
            .formatted(address.getHostAddress()));
  }

  /**
   * Returns the command that reads a source.
   *
   * @throws ServiceException if it may not be read, or nothing here can
   */
  List<String> feeder(Channel channel) {
    Source source = allowed(channel.source().orElseThrow());
    if (hasFfmpeg()) {
      return new Ffmpeg(settings.ffmpeg()).feeder(source, channel.ports(), channel.kbit());
    } else if (!Files.isExecutable(settings.vlc())) {
      throw new ServiceException(
          Code.MISSING,
          "Neither %s nor %s is there to read the source. Install one: apt install ffmpeg"
              .formatted(settings.ffmpeg(), settings.vlc()));
    }
    return Vlc.feeder(settings.vlc(), source, channel.ports());
  }

  /**
   * Returns a source as it is to be read: of a file, where it really lies.
   *
   * @throws ServiceException if the owner of the node does not let it be published
   */
  Source allowed(Source source) {
    return switch (source.scheme()) {
      case FILE -> new Source("file:" + Publishable.file(source.path(), folders()));
      case DEVICE -> {
        if (!settings.devices().contains(source.path())) {
          throw new ServiceException(
              Code.INVALID,
              "The device %s may not be published. The node's owner may add it to"
                      .formatted(source.path())
                  + " services.peerstreamer.devices.");
        }
        yield source;
      }
      case RTSP, HTTP, HTTPS, UDP -> source;
    };
  }

  private List<Path> folders() {
    return Stream.concat(Stream.of(media), settings.paths().stream()).toList();
  }
}
