package community.cloudy.services.squid.login;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The helper that Squid starts, known as {@code cloudy squid-auth SOCKET}: passes its questions on
 * to the agent and the answers back, any number at once. While the agent is away, as for an
 * upgrade, it keeps the questions and asks them once more; what has waited for 10 s is answered
 * with {@code BH}. It needs no class but its own and those of Java, and never ends by itself before
 * Squid does: Squid would give up.
 */
public final class LoginPipe {
  private static final long PATIENCE = 10_000_000_000L;
  private static final int RETRY_MILLIS = 200;

  private final UnixDomainSocketAddress agent;
  private final OutputStream out;
  private final Map<String, Question> open = new ConcurrentHashMap<>();
  private final Object writing = new Object();
  private @Nullable SocketChannel link;

  /** A question that waits for its answer, since a time of {@link System#nanoTime}. */
  private record Question(String line, long since) {}

  private LoginPipe(Path socket, OutputStream out) {
    this.agent = UnixDomainSocketAddress.of(socket);
    this.out = out;
  }

  /** Runs until standard input ends. */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      System.err.println("Say which: cloudy squid-auth SOCKET");
      System.exit(2);
    }
    run(Path.of(args[0]), System.in, System.out);
    System.exit(0);
  }

  /** Passes on what {@code in} asks until it ends. */
  public static void run(Path socket, InputStream in, OutputStream out) throws IOException {
    LoginPipe pipe = new LoginPipe(socket, out);
    Thread answers = new Thread(pipe::link, "answers");
    answers.setDaemon(true);
    answers.start();
    BoundedLines lines = new BoundedLines(in);
    for (var line = lines.next(); line.isPresent(); line = lines.next()) {
      pipe.ask(line.get());
    }
  }

  private void ask(BoundedLines.Line line) {
    Optional<String> channel = LoginLine.channel(line.text());
    if (channel.isEmpty()) {
      System.err.println("A question without a channel: is concurrency set?");
      say("BH message=\"a question without a channel\"");
    } else if (!line.whole()) {
      say(channel.get() + " ERR");
    } else {
      synchronized (writing) {
        open.put(channel.get(), new Question(line.text(), System.nanoTime()));
        pass(line.text());
      }
    }
  }

  /** Must be called with {@link #writing} held. */
  private void pass(String line) {
    if (link == null) {
      return;
    }
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      while (bytes.hasRemaining()) {
        link.write(bytes);
      }
    } catch (IOException e) {
      // Whoever reads the answers sees it too, and asks again.
      link = null;
    }
  }

  private void link() {
    while (true) {
      try (SocketChannel channel = SocketChannel.open(agent)) {
        synchronized (writing) {
          link = channel;
          open.values().forEach(question -> pass(question.line()));
        }
        read(Channels.newInputStream(channel));
      } catch (IOException e) {
        // The agent is away.
      }
      synchronized (writing) {
        link = null;
      }
      giveUp();
      pause();
    }
  }

  private void read(InputStream in) throws IOException {
    BoundedLines lines = new BoundedLines(in);
    for (var line = lines.next(); line.isPresent(); line = lines.next()) {
      String answer = line.get().text();
      if (LoginLine.channel(answer).map(open::remove).isPresent()) {
        say(answer);
      }
    }
  }

  private void giveUp() {
    long now = System.nanoTime();
    open.forEach(
        (channel, question) -> {
          if (now - question.since() > PATIENCE && open.remove(channel, question)) {
            say(channel + " BH message=\"the agent does not answer\"");
          }
        });
  }

  private static void pause() {
    try {
      Thread.sleep(RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void say(String answer) {
    try {
      out.write((answer + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      // Squid has gone: standard input ends, too.
    }
  }
}
