package community.cloudy.gossip.serf.rpc;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.serf.Member;
import community.cloudy.gossip.serf.MemberStatus;
import community.cloudy.gossip.serf.SerfEvent.MemberFailed;
import community.cloudy.gossip.serf.SerfEvent.MemberJoined;
import community.cloudy.gossip.serf.SerfEvent.MemberReaped;
import community.cloudy.gossip.serf.SerfEvent.MemberUpdated;
import community.cloudy.gossip.serf.SerfEvent.UserEvent;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.transport.Scheduler;
import community.cloudy.gossip.serf.wire.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CoalescerTest {
  private final Clock clock = new Clock();
  private final List<String> out = new ArrayList<>();
  private final MemberCoalescer members =
      new MemberCoalescer(
          clock, (type, some) -> out.add(type + some.stream().map(Member::name).sorted().toList()));
  private final UserCoalescer users =
      new UserCoalescer(clock, event -> out.add(event.name() + event.payload()));

  /** Virtual time. */
  private static final class Clock implements Scheduler {
    private final PriorityQueue<Due> tasks = new PriorityQueue<>(Comparator.comparing(Due::when));
    private long now;

    private record Due(long when, Runnable task) {}

    @Override
    public long nanoTime() {
      return now;
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
      Due due = new Due(now + delayNanos, task);
      tasks.add(due);
      return () -> tasks.remove(due);
    }

    void pass(long millis) {
      long end = now + MILLISECONDS.toNanos(millis);
      while (!tasks.isEmpty() && tasks.element().when <= end) {
        Due due = tasks.remove();
        now = due.when;
        due.task.run();
      }
      now = end;
    }
  }

  private static Member member(String name) {
    return new Member(
        name,
        new Endpoint(Bytes.wrap(new byte[] {10, 0, 0, 1}), 7946),
        new TreeMap<>(),
        MemberStatus.ALIVE,
        new Member.Versions(1, 5, 2, 2, 5, 5));
  }

  private static UserEvent user(long time, String name, String payload) {
    return new UserEvent(time, name, Bytes.utf8(payload), true);
  }

  @Test
  void membersOfOneTypeMakeOneEventOnceAllIsQuiet() {
    members.add(new MemberJoined(member("a")));
    clock.pass(900);
    members.add(new MemberJoined(member("b")));
    members.add(new MemberFailed(member("c")));
    clock.pass(999);
    assertThat(out).isEmpty();

    clock.pass(1);

    assertThat(out).containsExactly("member-join[a, b]", "member-failed[c]");
  }

  @Test
  void unrestEndsAfterThreeSeconds() {
    for (int i = 0; i < 5; i++) {
      members.add(new MemberJoined(member("a" + i)));
      clock.pass(600);
    }

    assertThat(out).containsExactly("member-join[a0, a1, a2, a3, a4]");
  }

  @Test
  void theLastWordOnAMemberCounts() {
    members.add(new MemberJoined(member("a")));
    members.add(new MemberFailed(member("a")));
    clock.pass(1000);

    assertThat(out).containsExactly("member-failed[a]");
  }

  @Test
  void whatWasSaidBeforeIsNotSaidAgainExceptUpdates() {
    members.add(new MemberJoined(member("a")));
    members.add(new MemberUpdated(member("b")));
    clock.pass(1000);
    out.clear();

    members.add(new MemberFailed(member("a")));
    members.add(new MemberJoined(member("a")));
    members.add(new MemberUpdated(member("b")));
    clock.pass(1000);

    assertThat(out).containsExactly("member-update[b]");
  }

  @Test
  void aForgottenMemberMayComeAgain() {
    members.add(new MemberJoined(member("a")));
    clock.pass(1000);
    members.add(new MemberReaped(member("a")));
    clock.pass(1000);
    members.add(new MemberJoined(member("a")));
    clock.pass(1000);

    assertThat(out).containsExactly("member-join[a]", "member-reap[a]", "member-join[a]");
  }

  @Test
  void ofUserEventsTheHighestTimeOfEachNameIsLeft() {
    users.add(user(5, "deploy", "1"));
    users.add(user(7, "deploy", "2"));
    users.add(user(7, "deploy", "3"));
    users.add(user(6, "deploy", "4"));
    users.add(user(1, "greet", "5"));
    clock.pass(1000);

    assertThat(out).containsExactly("deploy2", "deploy3", "greet5");
  }

  @Test
  void eachWindowStartsEmpty() {
    users.add(user(7, "deploy", "1"));
    clock.pass(1000);
    users.add(user(6, "deploy", "2"));
    clock.pass(1000);

    assertThat(out).containsExactly("deploy1", "deploy2");
  }
}
