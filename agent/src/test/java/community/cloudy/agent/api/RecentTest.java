package community.cloudy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.agent.json.Json;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RecentTest {
  private final ManualClock clock = new ManualClock();
  private final Recent recent = new Recent(clock);
  private int made;

  private Reply make() {
    made++;
    return Reply.json(Json.object().put("made", made));
  }

  private String ask(Object key) {
    return recent.answer(key, this::make).body().toString();
  }

  @Test
  void makesAnAnswerOnceASecond() {
    assertThat(ask("a")).isEqualTo(ask("a"));
    assertThat(made).isEqualTo(1);
    clock.advance(Duration.ofSeconds(1));
    ask("a");
    assertThat(made).isEqualTo(2);
    clock.advance(Duration.ofDays(-1));
    ask("a");
    assertThat(made).isEqualTo(3);
  }

  @Test
  void makesAnotherAnswerAfterAChangeAndToAnotherQuestion() {
    ask("a");
    recent.changed();
    ask("a");
    ask("b");
    assertThat(made).isEqualTo(3);
  }

  @Test
  void doesNotKeepWhatWasMadeWhileThingsChanged() {
    recent.answer(
        "a",
        () -> {
          recent.changed();
          return make();
        });
    ask("a");
    assertThat(made).isEqualTo(2);
  }

  @Test
  void givesTheLastAnswerWhileTheNextIsBeingMade() {
    String first = ask("a");
    clock.advance(Duration.ofSeconds(1));
    recent.answer(
        "a",
        () -> {
          assertThat(ask("a")).isEqualTo(first);
          clock.advance(Duration.ofSeconds(2));
          assertThat(ask("a")).isNotEqualTo(first);
          return make();
        });
    assertThat(made).isEqualTo(3);
  }

  @Test
  void keepsTheLastFew() {
    for (String key : new String[] {"a", "b", "c", "d", "e"}) {
      ask(key);
    }
    ask("e");
    assertThat(made).isEqualTo(5);
    ask("a");
    assertThat(made).isEqualTo(6);
  }
}
