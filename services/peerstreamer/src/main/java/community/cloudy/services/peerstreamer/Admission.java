package community.cloudy.services.peerstreamer;

import community.cloudy.services.peerstreamer.Channel.Ports;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Whether there is room for one channel more, and which ports it gets.
 *
 * @param settings that limit
 * @param channels that there are
 */
record Admission(PeerstreamerSettings settings, List<Channel> channels) {
  /**
   * Refuses what goes over a limit.
   *
   * @param kbit that it may carry
   * @throws ServiceException to say which
   */
  void check(String id, int kbit) {
    if (kbit < 1 || kbit > settings.maxChannelKbit()) {
      throw new ServiceException(
          Code.INVALID,
          "A channel may carry 1 to %d kbit/s (max_channel_kbit)."
              .formatted(settings.maxChannelKbit()));
    }
    int sum = channels.stream().mapToInt(Channel::kbit).sum();
    if (channels.stream().anyMatch(channel -> channel.id().equals(id))) {
      throw conflict("There is a channel %s already. Stop it, or name another.".formatted(id));
    } else if (channels.size() >= settings.maxChannels()) {
      throw conflict(
          "There are %d channels, the most there may be (max_channels). Stop one."
              .formatted(channels.size()));
    } else if (sum + kbit > settings.maxKbit()) {
      throw conflict(
          "The channels may carry %d of %d kbit/s (max_kbit) already. Stop one, or ask for less."
              .formatted(sum, settings.maxKbit()));
    }
  }

  /** Returns ports that nobody uses. Inner ones begin anywhere, so that none can be foreseen. */
  Ports ports(RandomGenerator random) {
    List<Integer> taken = new ArrayList<>();
    for (Channel channel : channels) {
      Ports ports = channel.ports();
      taken.addAll(List.of(ports.peers(), ports.input(), ports.meter(), ports.hls()));
    }
    int peers = free(settings.p2pPorts(), 0, taken);
    int input = inner(random, taken);
    int meter = inner(random, taken);
    return new Ports(peers, input, meter, inner(random, taken));
  }

  private int inner(RandomGenerator random, List<Integer> taken) {
    PortRange range = settings.localPorts();
    int port = free(range, random.nextInt(range.size()), taken);
    taken.add(port);
    return port;
  }

  private static int free(PortRange range, int from, List<Integer> taken) {
    for (int i = 0; i < range.size(); i++) {
      int port = range.first() + (from + i) % range.size();
      if (!taken.contains(port) && UdpPorts.isFree(port)) {
        return port;
      }
    }
    throw conflict("No UDP port of %s is free. Set a wider range.".formatted(range.text()));
  }

  private static ServiceException conflict(String message) {
    return new ServiceException(Code.CONFLICT, message);
  }
}
