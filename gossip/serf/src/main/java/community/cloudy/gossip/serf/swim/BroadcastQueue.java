package community.cloudy.gossip.serf.swim;

import community.cloudy.gossip.serf.wire.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Messages waiting to be gossiped, each a limited number of times (specification A13): those sent
 * least go first, then the longest that fits, then the newest.
 */
public final class BroadcastQueue {
  private final int retransmitMult;
  private final IntSupplier members;
  private final Runnable added;
  private final TreeSet<Broadcast> queue = new TreeSet<>();
  private final Map<Bytes, Broadcast> named = new HashMap<>();
  private final List<Broadcast> sent = new ArrayList<>();
  private long lastId;

  /**
   * Creates an empty queue.
   *
   * @param members how many nodes the news is for, asked at each send
   * @param added told that there is news
   */
  public BroadcastQueue(int retransmitMult, IntSupplier members, Runnable added) {
    this.retransmitMult = retransmitMult;
    this.members = members;
    this.added = added;
  }

  /** Adds a message that replaces nothing. */
  public void add(byte[] message) {
    add(new Broadcast(++lastId, null, message, null));
  }

  /** Adds a message that calls {@code done} once it has been sent as often as it should. */
  public void add(byte[] message, Runnable done) {
    add(new Broadcast(++lastId, null, message, done));
  }

  /** Adds a message that replaces an older one about {@code name}; that one counts as done. */
  public void replace(Bytes name, byte[] message, @Nullable Runnable done) {
    Broadcast broadcast = new Broadcast(++lastId, name, message, done);
    Broadcast old = named.put(name, broadcast);
    if (old != null) {
      queue.remove(old);
      old.finish();
    }
    add(broadcast);
  }

  private void add(Broadcast broadcast) {
    queue.add(broadcast);
    added.run();
  }

  /**
   * Takes messages for one packet.
   *
   * @param overhead bytes each message costs beside its own
   * @param limit bytes the packet has left
   * @param packet takes the messages, in order
   * @return the bytes taken, overheads included
   */
  public int take(int overhead, int limit, List<byte[]> packet) {
    if (queue.isEmpty()) {
      return 0;
    }
    int used = 0;
    int tier = queue.first().transmits;
    while (true) {
      int free = limit - used - overhead;
      Broadcast next = free <= 0 ? null : queue.ceiling(Broadcast.probe(tier, free));
      if (next == null) {
        break;
      }
      if (next.transmits > tier) {
        tier = next.transmits;
        continue;
      }
      queue.remove(next);
      packet.add(next.message);
      sent.add(next);
      used += next.message.length + overhead;
    }
    requeue();
    return used;
  }

  private void requeue() {
    int transmitLimit = transmitLimit(retransmitMult, members.getAsInt());
    for (Broadcast broadcast : sent) {
      if (broadcast.transmits + 1 >= transmitLimit) {
        forget(broadcast);
      } else {
        broadcast.transmits++;
        queue.add(broadcast);
      }
    }
    sent.clear();
  }

  /** Keeps the {@code keep} messages that would be sent first and returns how many were dropped. */
  public int prune(int keep) {
    int dropped = 0;
    while (queue.size() > keep) {
      Broadcast last = queue.last();
      queue.remove(last);
      forget(last);
      dropped++;
    }
    return dropped;
  }

  private void forget(Broadcast broadcast) {
    if (broadcast.name != null) {
      named.remove(broadcast.name, broadcast);
    }
    broadcast.finish();
  }

  /** Returns how many messages wait. */
  public int size() {
    return queue.size();
  }

  /** Tells whether nothing waits. */
  public boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Tells whether a message waits that has not been sent once. */
  public boolean hasFresh() {
    return !queue.isEmpty() && queue.first().transmits == 0;
  }

  /** Returns how often a message is sent in a community of {@code members}. */
  public static int transmitLimit(int retransmitMult, int members) {
    return retransmitMult * (int) Math.ceil(Math.log10(members + 1.0));
  }

  private static final class Broadcast implements Comparable<Broadcast> {
    private static final byte[] NO_MESSAGE = {};

    private final long id;
    private final @Nullable Bytes name;
    private final byte[] message;
    private final int length;
    private final @Nullable Runnable done;
    private int transmits;

    Broadcast(long id, @Nullable Bytes name, byte[] message, @Nullable Runnable done) {
      this(id, name, message, message.length, done);
    }

    private Broadcast(
        long id, @Nullable Bytes name, byte[] message, int length, @Nullable Runnable done) {
      this.id = id;
      this.name = name;
      this.message = message;
      this.length = length;
      this.done = done;
    }

    /** Returns a key that sorts just before the messages of a tier that fit {@code length}. */
    static Broadcast probe(int transmits, int length) {
      Broadcast key = new Broadcast(Long.MAX_VALUE, null, NO_MESSAGE, length, null);
      key.transmits = transmits;
      return key;
    }

    @Override
    public int compareTo(Broadcast other) {
      if (transmits != other.transmits) {
        return Integer.compare(transmits, other.transmits);
      }
      return length != other.length
          ? Integer.compare(other.length, length)
          : Long.compare(other.id, id);
    }

    void finish() {
      if (done != null) {
        done.run();
      }
    }
  }
}
