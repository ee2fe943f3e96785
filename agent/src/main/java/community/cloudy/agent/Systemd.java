package community.cloudy.agent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd, where it started this agent, how the agent is: sd_notify(3). Java has no datagram
 * sockets of unix, so each word goes by {@code systemd-notify}, a process of a few milliseconds; a
 * library that calls libc would cost megabytes for as long as the agent lives.
 */
final class Systemd implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Systemd.class);
  private static final int BEATS = 3;

  private final Words words;
  private final long watchdogMicros;
  private final ScheduledExecutorService beats =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "watchdog");
            thread.setDaemon(true);
            return thread;
          });

  /** Takes what systemd is told, such as {@code READY=1}. */
  @FunctionalInterface
  interface Words {
    /** Says it, and returns when it has been heard. */
    void say(List<String> words) throws IOException, InterruptedException;
  }

  Systemd(Words words, long watchdogMicros) {
    this.words = words;
    this.watchdogMicros = watchdogMicros;
  }

  /** Returns the systemd that set {@code environment}; one that hears nothing where none did. */
  static Systemd of(Map<String, String> environment) {
    return environment.containsKey("NOTIFY_SOCKET")
        ? new Systemd(
            Systemd::spawn, Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", "0")))
        : new Systemd(said -> {}, 0);
  }

  private static void spawn(List<String> words) throws IOException, InterruptedException {
    List<String> argv = new ArrayList<>(List.of("systemd-notify", "--"));
    argv.addAll(words);
    int exit =
        new ProcessBuilder(argv)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IOException("systemd-notify ended with " + exit);
    }
  }

  /** Says that the agent has started; from now on, that it is well, as often as is wanted. */
  void ready(Callable<Boolean> well) {
    say("READY=1");
    if (watchdogMicros > 0) {
      long pause = watchdogMicros / BEATS;
      var unused =
          beats.scheduleWithFixedDelay(() -> beat(well), pause, pause, TimeUnit.MICROSECONDS);
    }
  }

  /** Says that the agent is well, if it is; without that word systemd starts another. */
  void beat(Callable<Boolean> well) {
    try {
      if (well.call()) {
        say("WATCHDOG=1");
        return;
      }
      log.error("The agent does not answer itself; systemd is not told that it is well");
    } catch (Exception e) {
      log.error("Could not see whether the agent is well reason={}", e.toString());
    }
  }

  /** Runs {@code work} and says that the agent reloads meanwhile. */
  void reload(Runnable work) {
    say("RELOADING=1");
    try {
      work.run();
    } finally {
      say("READY=1");
    }
  }

  private void say(String... said) {
    try {
      words.say(List.of(said));
    } catch (IOException e) {
      log.warn("Could not tell systemd words={} reason={}", List.of(said), e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says that the agent stops. */
  @Override
  public void close() {
    beats.shutdownNow();
    say("STOPPING=1");
  }
}
