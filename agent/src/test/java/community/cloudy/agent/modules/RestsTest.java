package community.cloudy.agent.modules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

final class RestsTest {
  private final Queue<Runnable> later = new ArrayDeque<>();
  private final List<String> told = new ArrayList<>();
  private final Rests rests = new Rests(later::add, told::add);

  private void restIsOver() {
    later.remove().run();
  }

  @Test
  void tellsTheFirstChangeAtOnceAndThoseThatFollowTogether() {
    rests.changed("squid");
    assertThat(told).containsExactly("squid");

    rests.changed("squid");
    rests.changed("squid");
    assertThat(told).hasSize(1);

    restIsOver();
    assertThat(told).containsExactly("squid", "squid");
  }

  @Test
  void tellsNothingAfterARestWithoutChange() {
    rests.changed("squid");
    restIsOver();

    assertThat(told).hasSize(1);
    assertThat(later).isEmpty();
    rests.changed("squid");
    assertThat(told).hasSize(2);
  }

  @Test
  void oneDoesNotWaitForAnother() {
    rests.changed("squid");
    rests.changed("bind");

    assertThat(told).containsExactly("squid", "bind");
  }
}
