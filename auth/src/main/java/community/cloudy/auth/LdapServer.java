package community.cloudy.auth;

import com.unboundid.ldap.sdk.CachingNameResolver;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.StartTLSPostConnectProcessor;
import community.cloudy.auth.LdapStep.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;

/**
 * One server of the directory: makes connections, keeps some of them, and knows whether it answers.
 * The SDK's pool is not used, since a checkout there may try to connect once for each stale
 * connection, a timeout each. Thread-safe.
 */
final class LdapServer implements AutoCloseable {
  private static final Duration MAX_IDLE = Duration.ofMinutes(1);
  private static final Duration MAX_AGE = Duration.ofMinutes(10);
  private static final int MAX_MESSAGE = 1 << 20;

  private final LdapUrl url;
  private final LdapConfig config;
  private final InstantSource clock;
  private final Breaker breaker;
  private final Optional<TlsSockets> tls;
  private final LDAPConnectionOptions options = new LDAPConnectionOptions();
  private final Deque<Kept> kept = new ArrayDeque<>();
  private boolean watched;
  private boolean closed;

  LdapServer(LdapUrl url, LdapConfig config, InstantSource clock) {
    this.url = url;
    this.config = config;
    this.clock = clock;
    this.breaker = new Breaker(url.toString(), clock);
    Duration connectTimeout = config.limits().connectTimeout();
    // Less than the whole, or the SDK goes on without the handshake and fails for another reason.
    Duration handshake = connectTimeout.multipliedBy(2).dividedBy(3);
    this.tls =
        url.tls() || config.security().startTls()
            ? Optional.of(TlsSockets.trusting(config.security().caFile(), handshake))
            : Optional.empty();
    options.setConnectTimeoutMillis((int) connectTimeout.toMillis());
    options.setResponseTimeoutMillis(config.limits().responseTimeout().toMillis());
    options.setFollowReferrals(false);
    options.setMaxMessageSize(MAX_MESSAGE);
    // Goes on with the last known address while DNS does not answer.
    options.setNameResolver(new CachingNameResolver((int) MAX_IDLE.toMillis()));
    // No reader thread for each connection.
    options.setUseSynchronousMode(true);
  }

  /** Something that is done on a connection. */
  interface Work<T> {
    /** Does it; a failure of the connection comes out as it is. */
    T on(Lease lease) throws LDAPException;
  }

  /**
   * A connection between two uses.
   *
   * @param connection bound as the searching account
   * @param opened when it was made
   * @param used when it was used last
   */
  private record Kept(LDAPConnection connection, Instant opened, Instant used) {
    boolean isGood(Instant now) {
      // A clock that was set back tells nothing.
      return !now.isBefore(used)
          && Duration.between(used, now).compareTo(MAX_IDLE) < 0
          && Duration.between(opened, now).compareTo(MAX_AGE) < 0;
    }
  }

  LdapUrl url() {
    return url;
  }

  Breaker breaker() {
    return breaker;
  }

  /**
   * Does {@code work} on a kept connection or a new one. The server may have closed a kept one long
   * ago, so a failure there is tried once more on a new one.
   */
  <T> T call(Steps steps, Work<T> work) throws LDAPException {
    Optional<Kept> old = take();
    if (old.isPresent()) {
      try {
        return run(old.get(), work);
      } catch (LDAPException e) {
        if (!Diagnosis.isUnreachable(e)) {
          throw e;
        }
        dropKept();
      }
    }
    LDAPConnection connection = connect(steps);
    return run(new Kept(connection, clock.instant(), clock.instant()), work);
  }

  private <T> T run(Kept place, Work<T> work) throws LDAPException {
    Lease lease = lease(place.connection());
    boolean usable = false;
    try {
      T result = work.on(lease);
      usable = true;
      return result;
    } catch (LDAPException e) {
      usable = e.getResultCode().isConnectionUsable();
      throw e;
    } finally {
      if (!usable || !reverted(lease) || !keep(place)) {
        place.connection().close();
      }
    }
  }

  Lease lease(LDAPConnection connection) {
    return new Lease(connection, config.account(), config.limits().responseTimeout());
  }

  private static boolean reverted(Lease lease) {
    try {
      lease.revert();
      return true;
    } catch (LDAPException e) {
      return false;
    }
  }

  /** Tries TCP alone: what a person wants to know first. */
  void reach(Steps steps) throws LDAPException {
    steps.begin(Kind.SERVER);
    try (Socket socket = new Socket()) {
      InetSocketAddress address = new InetSocketAddress(url.host(), url.port());
      if (address.isUnresolved()) {
        throw new UnknownHostException(url.host());
      }
      socket.connect(address, options.getConnectTimeoutMillis());
      steps.ok("connected to " + address.getAddress().getHostAddress());
    } catch (IOException e) {
      throw new LDAPException(ResultCode.CONNECT_ERROR, "TCP", e);
    }
  }

  /** Connects, begins TLS and becomes the searching account. */
  LDAPConnection connect(Steps steps) throws LDAPException {
    steps.begin(tls.isPresent() ? Kind.TLS : Kind.SERVER);
    SocketFactory sockets = url.tls() && tls.isPresent() ? tls.get() : SocketFactory.getDefault();
    LDAPConnection connection = new LDAPConnection(sockets, options, url.host(), url.port());
    try {
      if (tls.isPresent()) {
        if (!url.tls()) {
          new StartTLSPostConnectProcessor(tls.get()).processPreAuthenticatedConnection(connection);
        }
        steps.ok(
            connection.getSSLSession() == null ? "" : connection.getSSLSession().getProtocol());
      }
      steps.begin(Kind.BIND);
      if (config.account().isPresent()) {
        Lease.bind(connection, config.account());
        steps.ok(config.account().get().dn());
      }
      return connection;
    } catch (LDAPException e) {
      connection.close();
      throw e;
    }
  }

  private synchronized Optional<Kept> take() {
    Instant now = clock.instant();
    while (!kept.isEmpty()) {
      Kept newest = kept.pop();
      if (newest.isGood(now)) {
        return Optional.of(newest);
      }
      newest.connection().close();
    }
    return Optional.empty();
  }

  private synchronized boolean keep(Kept place) {
    if (closed || kept.size() >= config.limits().poolSize()) {
      return false;
    }
    kept.push(new Kept(place.connection(), place.opened(), clock.instant()));
    watch();
    return true;
  }

  /** Sees to it that idle connections are closed: each wakes the processor ten times a second. */
  private void watch() {
    if (!watched) {
      watched = true;
      CompletableFuture.delayedExecutor(MAX_IDLE.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
          .execute(this::closeIdle);
    }
  }

  private synchronized void closeIdle() {
    Instant now = clock.instant();
    kept.stream().filter(place -> !place.isGood(now)).forEach(place -> place.connection().close());
    kept.removeIf(place -> !place.isGood(now));
    watched = false;
    if (!kept.isEmpty()) {
      watch();
    }
  }

  private synchronized void dropKept() {
    kept.forEach(place -> place.connection().close());
    kept.clear();
  }

  @Override
  public synchronized void close() {
    closed = true;
    dropKept();
  }
}
