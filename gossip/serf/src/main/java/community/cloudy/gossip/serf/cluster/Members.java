package community.cloudy.gossip.serf.cluster;

import community.cloudy.gossip.serf.Member;
import community.cloudy.gossip.serf.MemberStatus;
import community.cloudy.gossip.serf.SerfEvent;
import community.cloudy.gossip.serf.cluster.Intents.Intent;
import community.cloudy.gossip.serf.swim.Peer;
import community.cloudy.gossip.serf.transport.Scheduler;
import community.cloudy.gossip.serf.wire.Bytes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Serf's list of members and the rules by which intents and SWIM change it (specification B4). */
final class Members {
  private final Scheduler scheduler;
  private final Bytes self;
  private final Consumer<SerfEvent> events;
  private final Map<Bytes, Entry> byName = new HashMap<>();
  private final List<Entry> failed = new ArrayList<>();
  private final int[] counts = new int[MemberStatus.values().length];
  private final Intents intents = new Intents();
  private boolean leaving;

  Members(Scheduler scheduler, Bytes self, Consumer<SerfEvent> events) {
    this.scheduler = scheduler;
    this.self = self;
    this.events = events;
  }

  @Nullable Entry find(Bytes name) {
    return byName.get(name);
  }

  Collection<Entry> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  int size() {
    return byName.size();
  }

  /** Returns how many members have {@code status}. */
  int count(MemberStatus status) {
    return counts[status.ordinal()];
  }

  /** Returns the members that have failed. */
  List<Entry> failed() {
    return Collections.unmodifiableList(failed);
  }

  private void become(Entry entry, MemberStatus status) {
    counts[entry.status.ordinal()]--;
    counts[status.ordinal()]++;
    if (entry.status == MemberStatus.FAILED) {
      failed.remove(entry);
    }
    if (status == MemberStatus.FAILED) {
      failed.add(entry);
    }
    entry.status = status;
  }

  /** Takes a peer for alive; tells whether it had failed. */
  boolean joined(Peer peer) {
    boolean returned = false;
    Entry entry = byName.get(peer.name());
    if (entry == null) {
      entry = new Entry(peer);
      byName.put(peer.name(), entry);
      counts[entry.status.ordinal()]++;
      Intent intent = intents.find(peer.name());
      if (intent != null) {
        entry.statusTime = intent.time();
        become(entry, intent.leave() ? MemberStatus.LEAVING : MemberStatus.ALIVE);
      }
    } else {
      returned = entry.status == MemberStatus.FAILED;
      become(entry, MemberStatus.ALIVE);
      entry.refresh(peer);
    }
    tell(entry, SerfEvent.MemberJoined::new);
    return returned;
  }

  void left(Peer peer) {
    Entry entry = byName.get(peer.name());
    if (entry == null || entry.isGone()) {
      return;
    }
    boolean onPurpose = entry.status == MemberStatus.LEAVING;
    gone(entry, onPurpose ? MemberStatus.LEFT : MemberStatus.FAILED);
    tell(entry, onPurpose ? SerfEvent.MemberLeft::new : SerfEvent.MemberFailed::new);
  }

  void updated(Peer peer) {
    Entry entry = byName.get(peer.name());
    if (entry != null) {
      entry.refresh(peer);
      tell(entry, SerfEvent.MemberUpdated::new);
    }
  }

  /** Says that this node is leaving, so that it does not refute its own intent. */
  void leaveSelf() {
    leaving = true;
    Entry entry = byName.get(self);
    if (entry != null) {
      become(entry, MemberStatus.LEAVING);
    }
  }

  /** Applies a join intent; tells whether it was news to pass on. */
  boolean joinIntent(Bytes name, long time) {
    Entry entry = byName.get(name);
    if (entry == null) {
      return intents.keep(name, new Intent(false, time, scheduler.nanoTime()));
    }
    if (time <= entry.statusTime) {
      return false;
    }
    entry.statusTime = time;
    if (entry.status == MemberStatus.LEAVING && !(leaving && name.equals(self))) {
      become(entry, MemberStatus.ALIVE);
    }
    return true;
  }

  /** What came of a leave intent. */
  enum Outcome {
    /** Nothing new. */
    OLD,
    /** News to pass on. */
    NEW,
    /** It is about this node, which does not want to leave. */
    REFUTE
  }

  Outcome leaveIntent(Bytes name, long time) {
    Entry entry = byName.get(name);
    if (entry == null) {
      boolean kept = intents.keep(name, new Intent(true, time, scheduler.nanoTime()));
      return kept ? Outcome.NEW : Outcome.OLD;
    }
    if (time <= entry.statusTime) {
      return Outcome.OLD;
    }
    if (name.equals(self) && !leaving) {
      return Outcome.REFUTE;
    }
    entry.statusTime = time;
    if (entry.status == MemberStatus.ALIVE) {
      become(entry, MemberStatus.LEAVING);
    } else if (entry.status == MemberStatus.FAILED) {
      gone(entry, MemberStatus.LEFT);
      tell(entry, SerfEvent.MemberLeft::new);
    }
    return Outcome.NEW;
  }

  private void gone(Entry entry, MemberStatus status) {
    become(entry, status);
    entry.goneSince = scheduler.nanoTime();
  }

  /** Forgets a member. */
  void reap(Entry entry) {
    if (byName.remove(entry.name(), entry)) {
      counts[entry.status.ordinal()]--;
      failed.remove(entry);
      tell(entry, SerfEvent.MemberReaped::new);
    }
  }

  /** Forgets members and intents that have been gone for too long. */
  void reapOld(long failedFor, long leftFor, long intentFor) {
    long now = scheduler.nanoTime();
    for (Entry entry : List.copyOf(byName.values())) {
      long limit = entry.status == MemberStatus.FAILED ? failedFor : leftFor;
      if (entry.isGone() && now - entry.goneSince > limit && !entry.name().equals(self)) {
        reap(entry);
      }
    }
    intents.forgetBefore(now - intentFor);
  }

  private void tell(Entry entry, Function<Member, SerfEvent> event) {
    events.accept(event.apply(entry.toMember()));
  }
}
