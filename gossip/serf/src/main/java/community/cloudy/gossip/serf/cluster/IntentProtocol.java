package community.cloudy.gossip.serf.cluster;

import community.cloudy.gossip.serf.MemberStatus;
import community.cloudy.gossip.serf.swim.BroadcastQueue;
import community.cloudy.gossip.serf.swim.Swim;
import community.cloudy.gossip.serf.transport.Scheduler;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.JoinIntent;
import community.cloudy.gossip.serf.wire.LeaveIntent;

/** Makes, applies and spreads intents to join and to leave (specification B4). */
final class IntentProtocol {
  private final ClusterConfig config;
  private final Swim swim;
  private final Members members;
  private final LamportClock clock;
  private final BroadcastQueue queue;
  private final Scheduler scheduler;
  private final Bytes self;

  IntentProtocol(
      ClusterConfig config,
      Swim swim,
      Members members,
      LamportClock clock,
      BroadcastQueue queue,
      Scheduler scheduler) {
    this.config = config;
    this.swim = swim;
    this.members = members;
    this.clock = clock;
    this.queue = queue;
    this.scheduler = scheduler;
    self = swim.self().name();
  }

  /** Says, at the current Lamport time, that this node is a member. */
  void join() {
    long time = clock.tick();
    members.joinIntent(self, time);
    queue.add(Cluster.userMessage(new JoinIntent(time, self).encode()));
  }

  /** Says that this node leaves; {@code then} runs once that is out, or if it takes too long. */
  void leaveSelf(Runnable then) {
    members.leaveSelf();
    long time = clock.tick();
    members.leaveIntent(self, time);
    spread(new LeaveIntent(time, self, false), then);
  }

  /** Declares a failed member as left; {@code prune} also forgets it. */
  void forceLeave(Bytes node, boolean prune, Runnable then) {
    LeaveIntent intent = new LeaveIntent(clock.tick(), node, prune);
    left(intent);
    spread(intent, then);
  }

  private void spread(LeaveIntent intent, Runnable then) {
    if (swim.hasCompany()) {
      byte[] message = Cluster.userMessage(intent.encode());
      Bounded.run(scheduler, config.broadcastTimeout(), done -> queue.add(message, done), then);
    } else {
      then.run();
    }
  }

  /** Applies a leave intent; tells whether to pass it on. */
  boolean left(LeaveIntent intent) {
    Members.Outcome outcome = members.leaveIntent(intent.node(), intent.lamportTime());
    if (outcome == Members.Outcome.REFUTE) {
      join();
      return false;
    }
    if (intent.prune() && outcome == Members.Outcome.NEW) {
      prune(intent.node());
    }
    return outcome == Members.Outcome.NEW;
  }

  private void prune(Bytes node) {
    Entry entry = members.find(node);
    if (entry == null || node.equals(self)) {
      return;
    }
    if (entry.status == MemberStatus.LEAVING) {
      scheduler.schedule(
          config.broadcastTimeout() + config.leavePropagateDelay(),
          () -> {
            if (entry.status != MemberStatus.ALIVE) {
              members.reap(entry);
            }
          });
    } else {
      members.reap(entry);
    }
  }
}
