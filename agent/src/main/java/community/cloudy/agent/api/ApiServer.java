package community.cloudy.agent.api;

import community.cloudy.agent.config.ApiConfig;
import community.cloudy.agent.config.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: a unix socket and a port, within small bounds. */
public final class ApiServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ApiServer.class);
  private static final int MAX_CONNECTIONS = EventStreams.MAX + 256;

  /**
   * Connections that wait to be accepted: whoever finds 50 of them on a socket is refused at once.
   */
  private static final int ACCEPT_QUEUE = 256;

  private static final int MAX_HEADER_BYTES = 8 * 1024;
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final long HEARTBEAT_SECONDS = 15;

  private final Server server;
  private final Waiting waiting;
  private final Blocking blocking = new Blocking();
  private final Blocking engine =
      new Blocking(
          "api-engine",
          8,
          64,
          "The container engine has too much to do. Try again in some seconds.");
  private final Blocking modules =
      new Blocking(
          "api-modules", 8, 256, "The modules have too much to do. Try again in some seconds.");
  private final Jobs jobs;
  private final SlowClients slowClients = new SlowClients();
  private final AtomicReference<SocketUsers> socketUsers = new AtomicReference<>(SocketUsers.NONE);
  private final Optional<TlsFiles> tls;
  private final Optional<ServerConnector> tcp;
  private final Optional<SocketFile> socketFile;

  private ApiServer(Node node) {
    ApiConfig config = node.config().api();
    QueuedThreadPool threads = threads();
    server = new Server(threads, new ScheduledExecutorScheduler("api-timer", true), null);
    waiting = Waiting.on(node, threads);
    jobs = new Jobs(node.clock(), new SecureRandom(), node.events(), waiting.jobs());
    Routes routes = Routes.of(node, waiting, blocking, engine, modules, jobs);
    server.setHandler(new ApiHandler(node, routes, socketUsers::get));
    server.setErrorHandler(new ErrorPage());
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
    Optional<HostPort> listen = config.listen().filter(address -> isSafe(config, address));
    tls = listen.flatMap(address -> config.tls()).map(TlsFiles::open);
    tcp = listen.map(this::tcp);
    socketFile = config.socket().map(SocketFile::prepare);
    socketFile.ifPresent(file -> socket(file.path()));
  }

  /**
   * Opens the socket and the port and answers for {@code node}.
   *
   * @throws ApiStartException if either cannot be opened
   */
  public static ApiServer start(Node node) {
    ApiServer api = new ApiServer(node);
    api.open(node.config().api().operators());
    return api;
  }

  private void open(List<String> operators) {
    try {
      server.start();
      if (socketFile.isPresent()) {
        socketUsers.set(socketFile.get().open(operators));
      }
      beatLater();
    } catch (Exception e) {
      close();
      throw ApiStartException.of(e);
    }
  }

  private void beatLater() {
    Runnable beat =
        () -> {
          beat();
          beatLater();
        };
    server.getScheduler().schedule(beat, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Shows those who follow streams that this node is alive, cuts off those who do not read or
   * hardly send, and looks for another certificate.
   */
  void beat() {
    waiting.streams().beat();
    slowClients.beat();
    tls.ifPresent(TlsFiles::reloadIfChanged);
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(8, 3);
    threads.setName("api");
    threads.setReservedThreads(0);
    threads.setIdleTimeout((int) IDLE.toMillis());
    return threads;
  }

  /** The node runs on without this listener rather than open to the network, or not at all. */
  private static boolean isSafe(ApiConfig config, HostPort listen) {
    if (!config.mayListen()) {
      log.error(
          "Not listening on api.listen {}: it is beyond loopback, and passwords would cross the"
              + " network readable. Set api.tls, or api.insecure if the network is protected"
              + " otherwise.",
          listen);
    }
    return config.mayListen();
  }

  private ServerConnector tcp(HostPort listen) {
    HttpConnectionFactory http = http();
    ServerConnector connector =
        tls.map(files -> new ServerConnector(server, 0, 1, ssl(files, http), http))
            .orElseGet(() -> new ServerConnector(server, 0, 1, http));
    connector.setHost(listen.host());
    connector.setPort(listen.port());
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    open(connector);
    return connector;
  }

  private static SslConnectionFactory ssl(TlsFiles files, HttpConnectionFactory http) {
    SslConnectionFactory ssl = new SslConnectionFactory(files.factory(), http.getProtocol());
    // It would demand that the certificate has the name called; that is the callers' to check.
    ssl.setEnsureSecureRequestCustomizer(false);
    return ssl;
  }

  private void socket(Path path) {
    UnixDomainServerConnector connector = new UnixDomainServerConnector(server, 0, 1, http());
    connector.setUnixDomainPath(path);
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    open(connector);
  }

  private void open(AbstractConnector connector) {
    connector.setIdleTimeout(IDLE.toMillis());
    connector.addEventListener(slowClients);
    server.addConnector(connector);
  }

  private static HttpConnectionFactory http() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    http.setOutputBufferSize(16 * 1024);
    return new HttpConnectionFactory(http);
  }

  /** Returns the port in use, where one is; it was chosen by the system if 0 was configured. */
  public Optional<Integer> port() {
    return tcp.map(ServerConnector::getLocalPort);
  }

  /**
   * Tells whether somebody who calls is answered, by calling; blocks while nobody answers. Where
   * there is no door without TLS, it is taken for granted.
   */
  public boolean answers() throws IOException {
    Optional<SocketAddress> door =
        socketFile
            .<SocketAddress>map(file -> UnixDomainSocketAddress.of(file.path()))
            .or(() -> port().filter(open -> tls.isEmpty()).map(ApiServer::loopback));
    return door.isEmpty() || answers(door.get());
  }

  private static SocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static boolean answers(SocketAddress door) throws IOException {
    String request = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    ByteBuffer start = ByteBuffer.allocate("HTTP/1.1".length());
    try (SocketChannel channel = SocketChannel.open(door)) {
      channel.write(StandardCharsets.US_ASCII.encode(request));
      while (start.hasRemaining() && channel.read(start) >= 0) {}
    }
    return !start.hasRemaining();
  }

  /** Stops answering and deletes the socket. */
  @Override
  public void close() {
    waiting.close();
    blocking.close();
    engine.close();
    modules.close();
    jobs.close();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the API did not stop", e);
    } finally {
      socketFile.ifPresent(SocketFile::delete);
    }
  }

  /** Returns the long work this API does. */
  Jobs jobs() {
    return jobs;
  }

  /** Tells how many callers wait for a change, an event or a job. */
  int waiting() {
    return waiting.changes().waiting() + waiting.events().waiting() + waiting.jobs().waiting();
  }

  /** Tells how many callers follow a stream. */
  int following() {
    return waiting.streams().count();
  }

  /** Tells how much the connected clients have sent. */
  long bytesIn() {
    return slowClients.bytesIn();
  }
}
