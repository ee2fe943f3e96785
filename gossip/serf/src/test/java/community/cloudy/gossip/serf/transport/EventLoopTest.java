package community.cloudy.gossip.serf.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventLoopTest {
  private EventLoop loop;

  @BeforeEach
  void start() throws IOException {
    loop = EventLoop.start("loop-under-test");
  }

  @AfterEach
  void stop() {
    loop.close();
  }

  private CompletableFuture<Void> after(long nanos) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.schedule(nanos, () -> done.complete(null));
    return done;
  }

  @Test
  void runsTasksOnItsOwnThreadInOrder() {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int number = i;
      loop.execute(() -> order.add(number));
    }
    assertThat(CompletableFuture.supplyAsync(loop::inLoop, loop).join()).isTrue();
    assertThat(loop.inLoop()).isFalse();
    assertThat(order).hasSize(100).isSorted();
    String name =
        CompletableFuture.supplyAsync(() -> Thread.currentThread().getName(), loop).join();
    assertThat(name).isEqualTo("loop-under-test");
  }

  @Test
  void runsTimersByDeadlineThenInTheOrderMade() {
    List<String> order = new ArrayList<>();
    CompletableFuture<Void> last = new CompletableFuture<>();
    loop.execute(
        () -> {
          loop.schedule(3_000_000, () -> order.add("third"));
          loop.schedule(-5, () -> order.add("first"));
          loop.schedule(0, () -> order.add("second"));
          loop.schedule(4_000_000, () -> last.complete(null));
          order.add("scheduling");
        });
    last.join();
    assertThat(order).containsExactly("scheduling", "first", "second", "third");
  }

  @Test
  void neverRunsATimerEarly() {
    long start = loop.nanoTime();
    after(2_500_000).join();
    assertThat(loop.nanoTime() - start).isGreaterThanOrEqualTo(2_500_000);
  }

  @Test
  void doesNotRunACancelledTimer() {
    List<String> ran = new ArrayList<>();
    Scheduler.Timer timer = loop.schedule(1_000_000, () -> ran.add("cancelled"));
    timer.cancel();
    after(3_000_000).join();
    assertThat(ran).isEmpty();
  }

  @Test
  void survivesAHundredThousandCancelledTimers() {
    loop.execute(
        () -> {
          for (int i = 0; i < 100_000; i++) {
            loop.schedule(Long.MAX_VALUE, () -> {}).cancel();
          }
        });
    after(0).join();
    assertThat(loop.timers()).isLessThan(200);
  }

  @Test
  void goesOnAfterATaskOrTimerThrows() {
    loop.execute(
        () -> {
          throw new IllegalStateException("thrown on purpose");
        });
    loop.schedule(
        0,
        () -> {
          throw new AssertionError("thrown on purpose");
        });
    after(1_000_000).join();
    assertThat(loop.failures()).isEqualTo(2);
  }

  @Test
  void runsTasksBetweenRoundsOfATimerThatAlwaysReArms() {
    Runnable[] again = new Runnable[1];
    again[0] = () -> loop.schedule(0, again[0]);
    loop.schedule(0, again[0]);
    assertThat(CompletableFuture.supplyAsync(() -> "ran", loop).join()).isEqualTo("ran");
  }

  @Test
  void survivesAnInterrupt() {
    loop.execute(() -> Thread.currentThread().interrupt());
    after(1_000_000).join();
    assertThat(loop.failures()).isZero();
  }

  @Test
  void runsWhatWasQueuedThenRefusesMoreWhenClosed() {
    List<String> ran = new ArrayList<>();
    loop.execute(() -> ran.add("queued"));
    loop.close();
    assertThat(ran).containsExactly("queued");
    assertThatThrownBy(() -> loop.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    loop.close();
  }

  @Test
  void canBeClosedFromWithin() {
    loop.execute(loop::close);
    loop.close();
    assertThat(loop.failures()).isZero();
  }
}
