package community.cloudy.gossip.serf.cluster;

import static java.util.concurrent.TimeUnit.HOURS;

import community.cloudy.gossip.serf.MemberStatus;
import community.cloudy.gossip.serf.swim.Swim;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.transport.Scheduler;
import community.cloudy.gossip.serf.wire.Bytes;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Finds failed members again, so that a healed partition becomes one community.
 *
 * <p>Serf tries one failed member by TCP every 30 s (specification B9). A ping costs a hundredth of
 * that, so each failed member is also pinged about once a {@code knockInterval} by the community as
 * a whole, and states are exchanged as soon as it answers, or as soon as it pings us.
 */
final class Reconnector {
  private static final long LONG_GONE = HOURS.toNanos(1);
  private static final int LONG_GONE_RARITY = 10;

  /** One in so many members, come back together, is a healed partition. */
  private static final int MASS_RETURN = 20;

  private final ClusterConfig config;
  private final Swim swim;
  private final Members members;
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private int returned;
  private boolean settling;
  private boolean stopped;

  Reconnector(
      ClusterConfig config,
      Swim swim,
      Members members,
      Scheduler scheduler,
      RandomGenerator random) {
    this.config = config;
    this.swim = swim;
    this.members = members;
    this.scheduler = scheduler;
    this.random = random;
  }

  void start() {
    scheduler.schedule(config.knockInterval(), this::knock);
    scheduler.schedule(config.reconnectInterval(), this::reconnect);
  }

  void stop() {
    stopped = true;
  }

  private void knock() {
    if (stopped) {
      return;
    }
    scheduler.schedule(config.knockInterval(), this::knock);
    List<Entry> failed = members.failed();
    if (failed.isEmpty() || !isOurTurn(failed.size())) {
      return;
    }
    Entry entry = pick(failed);
    boolean longGone = scheduler.nanoTime() - entry.goneSince > LONG_GONE;
    if (!longGone || random.nextInt(LONG_GONE_RARITY) == 0) {
      swim.ping(entry.endpoint(), entry.name(), () -> talkTo(entry), () -> {});
    }
  }

  private void reconnect() {
    if (stopped) {
      return;
    }
    scheduler.schedule(config.reconnectInterval(), this::reconnect);
    List<Entry> failed = members.failed();
    if (!failed.isEmpty() && isOurTurn(failed.size())) {
      talkTo(pick(failed));
    }
  }

  /** Members take turns: together they try each failed one about once an interval. */
  private boolean isOurTurn(int failed) {
    int alive = Math.max(1, members.count(MemberStatus.ALIVE));
    return random.nextDouble() < (double) failed / alive;
  }

  private Entry pick(List<Entry> failed) {
    return failed.get(random.nextInt(failed.size()));
  }

  /** Hears that a node pinged us which SWIM does not take for alive. */
  void heardFrom(Bytes name, Endpoint from) {
    Entry entry = members.find(name);
    if (entry != null && entry.endpoint().equals(from)) {
      talkTo(entry);
    }
  }

  /**
   * Hears that a failed member is back. When a good part of the community comes back at once, news
   * of who is alive is spread while its readers are still strangers to each other, and some miss
   * some of it for good; one more exchange of states fills the gaps.
   */
  void returned() {
    returned++;
    if (!settling && returned > members.size() / MASS_RETURN) {
      settling = true;
      long wait = config.knockInterval() + random.nextLong(config.knockInterval());
      scheduler.schedule(wait, this::settle);
    }
  }

  private void settle() {
    settling = false;
    returned = 0;
    if (!stopped) {
      swim.exchangeWithAnybody();
    }
  }

  private void talkTo(Entry entry) {
    long now = scheduler.nanoTime();
    if (entry.status == MemberStatus.FAILED && now - entry.lastTry >= config.knockInterval()) {
      entry.lastTry = now;
      swim.exchange(entry.endpoint(), true, failure -> {});
    }
  }
}
