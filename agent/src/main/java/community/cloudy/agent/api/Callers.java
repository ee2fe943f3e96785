package community.cloudy.agent.api;

import community.cloudy.agent.people.People;
import community.cloudy.auth.Person;
import community.cloudy.auth.Secret;
import community.cloudy.auth.Sessions;
import community.cloudy.auth.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.function.Supplier;
import jdk.net.ExtendedSocketOptions;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;

/**
 * Finds out who calls: by the socket the kernel's word counts, over TCP a token or else a session.
 */
final class Callers {
  static final String COOKIE = "cloudy_session";
  private static final String BEARER = "Bearer ";
  private static final InetAddress UNKNOWN = InetAddress.getLoopbackAddress();

  private final People people;
  private final Supplier<SocketUsers> socketUsers;

  Callers(People people, Supplier<SocketUsers> socketUsers) {
    this.people = people;
    this.socketUsers = socketUsers;
  }

  Caller of(Request request) {
    ConnectionMetaData connection = request.getConnectionMetaData();
    if (connection.getConnector() instanceof UnixDomainServerConnector) {
      return new Caller(atSocket(connection), Optional.empty(), Optional.empty());
    }
    Optional<InetAddress> address = Optional.of(address(connection));
    String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (authorization != null) {
      // Who shows a token means it: a session beside it does not count.
      return new Caller(byToken(authorization), address, Optional.empty());
    }
    Optional<Secret> id = cookie(request);
    Optional<Person> person = id.flatMap(people.sessions()::find).map(Sessions.Session::person);
    return new Caller(person, address, person.flatMap(known -> id));
  }

  /** Tells whether what proved who {@code caller} is still would; that is no use of a session. */
  boolean isStillKnown(Caller caller, Request request) {
    return caller
        .session()
        .map(people.sessions()::isOpen)
        .orElseGet(() -> caller.viaSocket() || of(request).person().isPresent());
  }

  private Optional<Person> atSocket(ConnectionMetaData connection) {
    Object transport = connection.getConnection().getEndPoint().getTransport();
    if (transport instanceof SocketChannel channel) {
      try {
        return Optional.of(
            socketUsers.get().person(channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user()));
      } catch (IOException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static InetAddress address(ConnectionMetaData connection) {
    return connection.getRemoteSocketAddress() instanceof InetSocketAddress remote
            && remote.getAddress() != null
        ? remote.getAddress()
        : UNKNOWN;
  }

  private Optional<Person> byToken(String authorization) {
    if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.empty();
    }
    Secret secret = Secret.of(authorization.substring(BEARER.length()).strip());
    return people
        .tokens()
        .verify(secret)
        .map(Tokens.Token::person)
        .filter(owner -> !isLocked(owner));
  }

  private boolean isLocked(Person owner) {
    return people.users().list().stream()
        .anyMatch(user -> user.locked() && user.name().equals(owner.login()));
  }

  private static Optional<Secret> cookie(Request request) {
    return Request.getCookies(request).stream()
        .filter(cookie -> cookie.getName().equals(COOKIE))
        .findFirst()
        .map(HttpCookie::getValue)
        .map(Secret::of);
  }
}
