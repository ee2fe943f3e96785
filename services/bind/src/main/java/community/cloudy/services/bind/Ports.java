package community.cloudy.services.bind;

import community.cloudy.services.bind.settings.Address;
import community.cloudy.services.bind.settings.BindSettings;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Sees whether ports are free before named is told to use them: it goes on without those it lacks.
 */
final class Ports {
  private Ports() {}

  /**
   * Checks the ports that {@code next} uses on loopback.
   *
   * @param now what runs, whose ports it has itself
   * @throws ServiceException if somebody else has one
   */
  static void check(BindSettings next, Optional<BindSettings> now) {
    Set<Integer> asked = new HashSet<>(of(next));
    now.ifPresent(settings -> asked.removeAll(of(settings)));
    for (int port : asked) {
      if (isTaken(port)) {
        throw new ServiceException(
            Code.CONFLICT,
            "Could not use port %d: another program has it. End that, or set another port."
                .formatted(port));
      }
    }
  }

  private static List<Integer> of(BindSettings settings) {
    return List.of(settings.port(), settings.controlPort(), settings.statisticsPort());
  }

  /** A port that this process may not have at all is left to named, which may. */
  private static boolean isTaken(int port) {
    InetAddress loopback = new Address("127.0.0.1").address();
    try (ServerSocket tcp = new ServerSocket()) {
      tcp.setReuseAddress(true);
      tcp.bind(new InetSocketAddress(loopback, port));
      new DatagramSocket(port, loopback).close();
      return false;
    } catch (BindException e) {
      return String.valueOf(e.getMessage()).contains("in use");
    } catch (IOException e) {
      return false;
    }
  }
}
