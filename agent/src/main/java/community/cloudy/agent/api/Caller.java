package community.cloudy.agent.api;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;

/**
 * Who calls.
 *
 * @param viaSocket whether by the unix socket
 * @param mayChange whether it may change anything
 */
record Caller(boolean viaSocket, boolean mayChange) {
  /**
   * Finds out who is at the other end. Only the kernel's word counts: a caller over TCP, or one it
   * says nothing about, may change nothing.
   *
   * @param writers users who may change things
   */
  static Caller of(ConnectionMetaData connection, Set<UserPrincipal> writers) {
    if (!(connection.getConnector() instanceof UnixDomainServerConnector)) {
      return new Caller(false, false);
    }
    Object transport = connection.getConnection().getEndPoint().getTransport();
    if (transport instanceof SocketChannel channel) {
      try {
        UserPrincipal user = channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        return new Caller(true, writers.contains(user));
      } catch (IOException e) {
        return new Caller(true, false);
      }
    }
    return new Caller(true, false);
  }
}
