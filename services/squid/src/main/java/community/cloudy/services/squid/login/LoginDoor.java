package community.cloudy.services.squid.login;

import community.cloudy.services.spi.People;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket at which Squid's helper asks about logins. Whoever can open it may ask, and nothing
 * else: the folder it lies in is what keeps others out.
 */
public final class LoginDoor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LoginDoor.class);
  private static final int MOST_CONNECTIONS = 8;
  private static final int WORKERS = 16;
  private static final int WAITING = 2000;

  private final Answers answers;
  private final ServerSocketChannel server;
  private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong unavailable = new AtomicLong();
  private final ThreadPoolExecutor workers =
      new ThreadPoolExecutor(
          WORKERS,
          WORKERS,
          30,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(WAITING),
          task -> daemon(task, "squid-login"));

  /**
   * Opens the socket; one that is left there from before is replaced.
   *
   * @throws ServiceException if it cannot be made
   */
  public LoginDoor(Path socket, People people) {
    this.answers = new Answers(people);
    workers.allowCoreThreadTimeOut(true);
    try {
      Files.deleteIfExists(socket);
      server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      throw new ServiceException(
          Code.FAILED,
          "Could not open the socket for logins %s: %s. Make the folder writable and its path short."
              .formatted(socket, e.getMessage()),
          e);
    }
    daemon(this::accept, "squid-door").start();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Returns how many logins have been asked about. */
  public long asked() {
    return asked.get();
  }

  /** Returns how many of them were refused. */
  public long refused() {
    return refused.get();
  }

  /** Returns of how many nobody could tell. */
  public long unavailable() {
    return unavailable.get();
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel connection = server.accept();
        if (connections.size() >= MOST_CONNECTIONS) {
          connection.close();
          continue;
        }
        connections.add(connection);
        daemon(() -> serve(connection), "squid-helper").start();
      } catch (IOException e) {
        log.debug("The socket for logins has ended", e);
      }
    }
  }

  private void serve(SocketChannel connection) {
    try (connection;
        InputStream in = Channels.newInputStream(connection)) {
      BoundedLines lines = new BoundedLines(in);
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        hear(connection, line.get());
      }
    } catch (IOException e) {
      log.debug("A helper has gone", e);
    } finally {
      connections.remove(connection);
    }
  }

  private void hear(SocketChannel connection, BoundedLines.Line line) throws IOException {
    Optional<String> channel = LoginLine.channel(line.text());
    Optional<LoginLine> question = LoginLine.parse(line.text()).filter(good -> line.whole());
    if (channel.isEmpty()) {
      throw new IOException("a line without a channel");
    }
    asked.incrementAndGet();
    if (question.isEmpty()) {
      refused.incrementAndGet();
      say(connection, channel.get() + " ERR");
      return;
    }
    try {
      workers.execute(() -> answer(connection, question.get()));
    } catch (RejectedExecutionException e) {
      unavailable.incrementAndGet();
      say(connection, Answers.broken(channel.get(), "too many logins at once"));
    }
  }

  private void answer(SocketChannel connection, LoginLine question) {
    String answer;
    try {
      answer = answers.to(question);
    } catch (RuntimeException e) {
      log.warn("Could not tell about a login: {}", e.toString());
      answer = Answers.broken(question.channel(), "the node could not tell");
    }
    if (answer.endsWith(" ERR")) {
      refused.incrementAndGet();
    } else if (answer.contains(" BH ")) {
      unavailable.incrementAndGet();
    }
    try {
      say(connection, answer);
    } catch (IOException e) {
      log.debug("The helper that asked has gone", e);
    }
  }

  private static void say(SocketChannel connection, String answer) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((answer + "\n").getBytes(StandardCharsets.UTF_8));
    synchronized (connection) {
      while (bytes.hasRemaining()) {
        connection.write(bytes);
      }
    }
  }

  /** Ends it; the helper keeps its questions for the next one. */
  @Override
  public void close() {
    closeQuietly(server);
    connections.forEach(LoginDoor::closeQuietly);
    workers.shutdownNow();
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      log.debug("Could not close", e);
    }
  }
}
