package community.cloudy.services.peerstreamer;

import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A channel that a PeerStreamer-ng daemon carries: it is told again and again to go on. */
final class Attached implements Run {
  /** A daemon forgets after 10 s. */
  private static final Duration KEEP = Duration.ofSeconds(3);

  private static final Duration AGAIN = Duration.ofSeconds(30);

  private final Channel channel;
  private final NgDaemon daemon;
  private final Runnable changed;
  private boolean joined;
  private Instant next = Instant.MIN;
  private volatile boolean woken;
  private volatile View view;

  Attached(Channel channel, NgDaemon daemon, Runnable changed, Instant now) {
    this.channel = channel;
    this.daemon = daemon;
    this.changed = changed;
    view = new View(State.STARTING, "is about to be joined", 0, 0, now, 0);
  }

  @Override
  public View view() {
    return view;
  }

  @Override
  public synchronized void tick(Instant now) {
    if (now.isBefore(next) && !woken) {
      return;
    }
    woken = false;
    try {
      joined = joined && daemon.keep(channel.id());
      if (!joined) {
        daemon.join(channel.id(), channel.peer().orElseThrow());
        joined = true;
      }
      next = now.plus(KEEP);
      show(State.FLOWING, "the daemon has it", view.restarts());
    } catch (ServiceException e) {
      joined = false;
      next = now.plus(AGAIN);
      show(State.WAITING, String.valueOf(e.getMessage()), view.restarts() + 1);
    }
  }

  private void show(State state, String evidence, int restarts) {
    View before = view;
    view = new View(state, evidence, 0, 0, view.since(), restarts);
    if (before.state() != state || !before.evidence().equals(evidence)) {
      changed.run();
    }
  }

  @Override
  public void wake() {
    woken = true;
  }

  /** The daemon forgets it by itself. */
  @Override
  public void end() {
    close();
  }

  @Override
  public void halt() {
    close();
  }

  @Override
  public synchronized void close() {
    next = Instant.MAX;
  }

  @Override
  public List<String> log(int lines) {
    return List.of();
  }

  @Override
  public Hls hls() {
    throw new ServiceException(
        Code.CONFLICT, "PeerStreamer-ng makes no HLS; watch on its own page.");
  }
}
