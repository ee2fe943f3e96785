package community.cloudy.services.graphs.snpservices;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Just enough of HTTP/1.1 (RFC 9112) for requests to read: GET and HEAD, one a connection. Java's
 * own server bounds neither a request line nor slow clients; here a head has 8 KiB and ten seconds,
 * a connection two minutes, four are served at once and 32 wait.
 */
final class Listener implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final int MAX_HEAD = 8192;
  private static final int THREADS = 4;
  private static final int WAITING = 32;
  private static final int TICK_MILLIS = 1000;
  private static final int READ_MILLIS = 5000;
  private static final long HEAD_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long CONNECTION_NANOS = Duration.ofMinutes(2).toNanos();
  private static final Map<Integer, String> REASONS =
      Map.of(
          200,
          "OK",
          400,
          "Bad Request",
          403,
          "Forbidden",
          404,
          "Not Found",
          405,
          "Method Not Allowed",
          431,
          "Request Header Fields Too Large",
          500,
          "Internal Server Error",
          503,
          "Service Unavailable");

  private final ServerSocket server;
  private final Function<Query, Reply> answers;
  private final Map<Socket, Long> open = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor pool;

  Listener(InetSocketAddress address, Function<Query, Reply> answers) throws IOException {
    this.answers = answers;
    this.server = new ServerSocket();
    try {
      server.setReuseAddress(true);
      server.setSoTimeout(TICK_MILLIS);
      server.bind(address);
    } catch (IOException e) {
      server.close();
      throw e;
    }
    this.pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            work -> daemon(work, "snpservices"));
    pool.allowCoreThreadTimeOut(true);
    daemon(this::accept, "snpservices-accept").start();
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.put(socket, System.nanoTime());
        try {
          pool.execute(() -> serve(socket));
        } catch (RejectedExecutionException e) {
          drop(socket);
        }
      } catch (SocketTimeoutException e) {
        // Only a tick.
      } catch (IOException e) {
        if (!server.isClosed()) {
          LOG.warn("snpservices cannot take a connection: {}", e.getMessage());
        }
      }
      long now = System.nanoTime();
      open.forEach(
          (socket, since) -> {
            if (now - since > CONNECTION_NANOS) {
              drop(socket);
            }
          });
    }
  }

  private void drop(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("a connection did not close: {}", e.getMessage());
    }
  }

  private void serve(Socket socket) {
    try {
      socket.setSoTimeout(READ_MILLIS);
      String head = head(socket.getInputStream());
      boolean only = head.startsWith("HEAD ");
      send(socket.getOutputStream(), reply(head), only);
      socket.shutdownOutput();
      socket.setSoTimeout(TICK_MILLIS);
      socket.getInputStream().skip(MAX_HEAD); // Else the answer may be lost with what is unread.
    } catch (IOException e) {
      LOG.debug("a connection ended early: {}", e.getMessage());
    } finally {
      drop(socket);
    }
  }

  /** Returns the head of a request; all of it that came if it is too long. */
  private static String head(InputStream in) throws IOException {
    byte[] head = new byte[MAX_HEAD];
    int length = 0;
    long begun = System.nanoTime();
    while (length < MAX_HEAD) {
      int read = in.read(head, length, MAX_HEAD - length);
      if (read < 0 || System.nanoTime() - begun > HEAD_NANOS) {
        throw new IOException("it did not come in time");
      }
      length += read;
      String text = new String(head, 0, length, StandardCharsets.ISO_8859_1);
      if (text.contains("\r\n\r\n") || text.contains("\n\n")) {
        return text;
      }
    }
    return new String(head, StandardCharsets.ISO_8859_1);
  }

  private Reply reply(String head) {
    if (!head.contains("\r\n\r\n") && !head.contains("\n\n")) {
      return Reply.text(431, "ERROR: the request is too long\n");
    }
    String[] line = head.lines().findFirst().orElse("").split(" ", -1);
    if (line.length != 3 || !line[2].startsWith("HTTP/1.") || !line[1].startsWith("/")) {
      return Reply.text(400, "ERROR: this is no request\n");
    }
    if (!line[0].equals("GET") && !line[0].equals("HEAD")) {
      return Reply.text(405, "ERROR: only GET and HEAD are answered\n");
    }
    try {
      return answers.apply(Query.of(line[1]));
    } catch (IllegalArgumentException e) {
      return Reply.text(400, "ERROR: this is no request\n");
    } catch (RuntimeException e) {
      LOG.warn("snpservices could not answer", e);
      return Reply.text(500, "ERROR: it could not be answered\n");
    }
  }

  private static void send(OutputStream out, Reply reply, boolean only) throws IOException {
    String head =
        "HTTP/1.1 "
            + reply.status()
            + " "
            + REASONS.getOrDefault(reply.status(), "Status")
            + "\r\nContent-Type: "
            + reply.type()
            + "\r\nContent-Length: "
            + reply.content().length
            + (reply.status() == 405 ? "\r\nAllow: GET, HEAD" : "")
            + (reply.status() == 503 ? "\r\nRetry-After: 30" : "")
            + "\r\nConnection: close"
            + "\r\nCache-Control: max-age=60"
            + "\r\nX-Content-Type-Options: nosniff"
            + "\r\nContent-Security-Policy: default-src 'none'; frame-ancestors 'none'"
            + "\r\nReferrer-Policy: no-referrer\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    if (!only) {
      out.write(reply.content());
    }
    out.flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
    open.keySet().forEach(this::drop);
    pool.shutdownNow();
  }
}
