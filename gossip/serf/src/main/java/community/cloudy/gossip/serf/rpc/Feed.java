package community.cloudy.gossip.serf.rpc;

import community.cloudy.gossip.serf.SerfEvent;
import community.cloudy.gossip.serf.transport.Scheduler;
import java.util.LinkedHashSet;
import java.util.Set;

/** Brings the node's events to the clients that stream them. Confined to the RPC loop. */
final class Feed {
  private final Set<Subscriber> subscribers = new LinkedHashSet<>();
  private final MemberCoalescer members;
  private final UserCoalescer users;

  /** Hears what happens. */
  interface Subscriber {
    /** Something happened; {@code record} is the same for all. */
    void event(String type, String name, byte[] record);

    /** A query came. */
    void query(SerfEvent.Query query);
  }

  Feed(Scheduler scheduler) {
    members =
        new MemberCoalescer(
            scheduler, (type, some) -> tell(type, "", Replies.memberEvent(type, some)));
    users = new UserCoalescer(scheduler, this::tell);
  }

  void add(Subscriber subscriber) {
    subscribers.add(subscriber);
  }

  void remove(Subscriber subscriber) {
    subscribers.remove(subscriber);
  }

  void accept(SerfEvent event) {
    if (event instanceof SerfEvent.MemberEvent member) {
      members.add(member);
    } else if (event instanceof SerfEvent.UserEvent user) {
      if (user.coalesce()) {
        users.add(user);
      } else {
        tell(user);
      }
    } else if (event instanceof SerfEvent.Query query) {
      Set.copyOf(subscribers).forEach(subscriber -> subscriber.query(query));
    }
  }

  private void tell(SerfEvent.UserEvent user) {
    byte[] record =
        Replies.userEvent(user.lamportTime(), user.name(), user.payload(), user.coalesce());
    tell("user", user.name(), record);
  }

  private void tell(String type, String name, byte[] record) {
    Set.copyOf(subscribers).forEach(subscriber -> subscriber.event(type, name, record));
  }
}
