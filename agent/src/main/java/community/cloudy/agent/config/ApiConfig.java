package community.cloudy.agent.config;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the API listens.
 *
 * @param listen an address and port; empty means off
 * @param socket a unix socket's path; empty means off
 * @param hosts further names by which callers may address {@code listen}
 * @param operators unix users who may run services by the socket
 * @param tls what {@code listen} shows callers; empty means no TLS
 * @param insecure whether {@code listen} may be beyond loopback without TLS
 * @param fromContainers whether callers may sit in a container on this machine
 * @param metricsFrom addresses that may read the metrics without saying who they are
 */
public record ApiConfig(
    Optional<HostPort> listen,
    Optional<Path> socket,
    List<String> hosts,
    List<String> operators,
    Optional<Tls> tls,
    boolean insecure,
    boolean fromContainers,
    Set<InetAddress> metricsFrom) {
  private static final int MAX_SOCKET_PATH = 107;

  /**
   * A certificate and its key, read again whenever the files change.
   *
   * @param certificate PEM, its issuers after it
   * @param key PKCS#8 in PEM, not encrypted
   */
  public record Tls(Path certificate, Path key) {}

  /** Checks that the socket's path fits. */
  public ApiConfig {
    socket.ifPresent(ApiConfig::checkedSocket);
    hosts = List.copyOf(hosts);
    operators = List.copyOf(operators);
    metricsFrom = Set.copyOf(metricsFrom);
  }

  /**
   * Tells whether {@code listen} may be opened: on loopback, with TLS, or because a person said so.
   */
  public boolean mayListen() {
    return listen.filter(HostPort::isLoopback).isPresent() || tls.isPresent() || insecure;
  }

  static Path checkedSocket(Path path) {
    int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > MAX_SOCKET_PATH) {
      throw new IllegalArgumentException(
          "has " + length + " bytes; the system allows a socket's path " + MAX_SOCKET_PATH);
    }
    return path;
  }
}
