package community.cloudy.agent.api;

import community.cloudy.agent.config.ApiConfig;
import community.cloudy.agent.config.HostPort;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: a unix socket and a loopback port, within small bounds. */
public final class ApiServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ApiServer.class);
  private static final int MAX_CONNECTIONS = 256;
  private static final int MAX_HEADER_BYTES = 8 * 1024;
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final long HEARTBEAT_SECONDS = 15;

  private final Server server;
  private final Waiting waiting;
  private final Optional<ServerConnector> tcp;
  private final Optional<SocketFile> socketFile;

  private ApiServer(
      Server server,
      Waiting waiting,
      Optional<ServerConnector> tcp,
      Optional<SocketFile> socketFile) {
    this.server = server;
    this.waiting = waiting;
    this.tcp = tcp;
    this.socketFile = socketFile;
  }

  /**
   * Opens the socket and the port and answers for {@code node}.
   *
   * @throws ApiStartException if either cannot be opened
   */
  public static ApiServer start(Node node) {
    ApiConfig config = node.config().api();
    QueuedThreadPool threads = threads();
    Server server = new Server(threads, new ScheduledExecutorScheduler("api-timer", true), null);
    Waiting waiting = Waiting.on(node, threads);
    AtomicReference<Set<UserPrincipal>> writers = new AtomicReference<>(Set.of());
    server.setHandler(new ApiHandler(Routes.of(node, waiting), new HostGate(config), writers::get));
    server.setErrorHandler(new ErrorPage());
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
    Optional<ServerConnector> tcp =
        config.listen().filter(ApiServer::isSafe).map(listen -> tcp(server, listen));
    Optional<SocketFile> socketFile = config.socket().map(SocketFile::prepare);
    socketFile.ifPresent(file -> socket(server, file.path()));
    ApiServer api = new ApiServer(server, waiting, tcp, socketFile);
    api.open(writers);
    return api;
  }

  private void open(AtomicReference<Set<UserPrincipal>> writers) {
    try {
      server.start();
      if (socketFile.isPresent()) {
        writers.set(socketFile.get().open());
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

  /** Shows those who follow streams that this node is alive, and cuts off those who do not read. */
  void beat() {
    waiting.streams().beat();
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(8, 3);
    threads.setName("api");
    threads.setReservedThreads(0);
    threads.setIdleTimeout((int) IDLE.toMillis());
    return threads;
  }

  /** The node runs on without this listener rather than open to the network, or not at all. */
  private static boolean isSafe(HostPort listen) {
    if (!listen.isLoopback()) {
      log.error(
          "Not listening on api.listen {}: it is beyond loopback, and the API has neither TLS nor"
              + " logins yet. Use the unix socket, or reach a loopback address through SSH.",
          listen);
    }
    return listen.isLoopback();
  }

  private static ServerConnector tcp(Server server, HostPort listen) {
    ServerConnector connector = new ServerConnector(server, 0, 1, http());
    connector.setHost(listen.host());
    connector.setPort(listen.port());
    connector.setIdleTimeout(IDLE.toMillis());
    server.addConnector(connector);
    return connector;
  }

  private static void socket(Server server, Path path) {
    UnixDomainServerConnector connector = new UnixDomainServerConnector(server, 0, 1, http());
    connector.setUnixDomainPath(path);
    connector.setIdleTimeout(IDLE.toMillis());
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

  /** Stops answering and deletes the socket. */
  @Override
  public void close() {
    waiting.close();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the API did not stop", e);
    } finally {
      socketFile.ifPresent(SocketFile::delete);
    }
  }

  /** Tells how many callers wait for a change or an event. */
  int waiting() {
    return waiting.changes().waiting() + waiting.events().waiting();
  }

  /** Tells how many callers follow a stream. */
  int following() {
    return waiting.streams().count();
  }
}
