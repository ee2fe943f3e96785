package community.cloudy.gossip.serf.cluster;

import community.cloudy.gossip.serf.wire.Bytes;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Intents about members not known yet, the newest of each (specification B4). */
final class Intents {
  /** Bounds what strangers can make us remember. */
  private static final int MAX = 4096;

  private final Map<Bytes, Intent> byName = new HashMap<>();

  /**
   * A member's wish, ahead of the member.
   *
   * @param leave whether it wants to leave rather than join
   * @param time Lamport time
   * @param since when it was heard, on the scheduler's clock
   */
  record Intent(boolean leave, long time, long since) {}

  /** Keeps an intent if it is newer than what is kept; tells whether it was. */
  boolean keep(Bytes name, Intent intent) {
    Intent known = byName.get(name);
    if (known == null ? byName.size() >= MAX : known.time >= intent.time) {
      return false;
    }
    byName.put(name, intent);
    return true;
  }

  @Nullable Intent find(Bytes name) {
    return byName.get(name);
  }

  void forgetBefore(long since) {
    byName.values().removeIf(intent -> intent.since - since < 0);
  }
}
