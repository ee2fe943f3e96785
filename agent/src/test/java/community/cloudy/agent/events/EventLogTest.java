package community.cloudy.agent.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.agent.events.EventLog.Batch;
import community.cloudy.agent.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventLogTest {
  private final EventLog log =
      new EventLog(() -> Instant.parse("2026-11-24T09:00:00Z"), new SplittableRandom(1));
  private final String boot = log.last().boot();

  private void publish(int count) {
    for (int i = 0; i < count; i++) {
      log.publish(EventType.USER, Json.object().put("name", "n"));
    }
  }

  private EventId place(long number) {
    return new EventId(boot, number);
  }

  private static List<Long> numbers(Batch batch) {
    return batch.events().stream().map(event -> event.id().number()).toList();
  }

  @Test
  void tellsWhenWhatHappened() {
    log.publish(EventType.MEMBER_JOIN, Json.object().put("name", "attic"));

    Event event = log.after(log.first(), Set.of(), 10).events().get(0);

    assertThat(event.type()).isEqualTo(EventType.MEMBER_JOIN);
    assertThat(event.json())
        .isEqualTo(
            "{\"id\":\"%s-1\",\"time\":\"2026-11-24T09:00:00Z\",\"type\":\"member-join\","
                    .formatted(boot)
                + "\"data\":{\"name\":\"attic\"}}");
  }

  @Test
  void readsOnFromAPlace() {
    publish(5);

    Batch batch = log.after(place(2), Set.of(), 2);

    assertThat(numbers(batch)).containsExactly(3L, 4L);
    assertThat(batch.gap()).isFalse();
    assertThat(batch.next()).isEqualTo(place(4));
    assertThat(numbers(log.after(batch.next(), Set.of(), 2))).containsExactly(5L);
    assertThat(log.after(place(5), Set.of(), 2).events()).isEmpty();
  }

  @Test
  void movesOnPastWhatIsNotWanted() {
    publish(2);
    log.publish(EventType.QUERY, Json.object());
    publish(2);

    Batch batch = log.after(log.first(), Set.of(EventType.QUERY, EventType.NAME_LOST), 10);

    assertThat(numbers(batch)).containsExactly(3L);
    assertThat(batch.next()).isEqualTo(place(5));
  }

  @Test
  void keepsTheLastThousand() {
    publish(EventLog.KEPT + 7);

    Batch batch = log.after(log.first(), Set.of(), 2_000);

    assertThat(batch.events()).hasSize(1_000);
    assertThat(batch.events().get(0).id()).isEqualTo(place(8));
    assertThat(log.after(place(7), Set.of(), 1).gap()).isFalse();
  }

  @Test
  void saysWhatIsGone() {
    publish(EventLog.KEPT + 7);

    Batch batch = log.after(place(6), Set.of(), 1);

    assertThat(batch.gap()).isTrue();
    assertThat(batch.from()).isEqualTo(place(7));
    assertThat(numbers(batch)).containsExactly(8L);
  }

  @Test
  void hasAGapAfterPlacesOfAnotherRun() {
    publish(3);
    EventId other = new EventId(boot.equals("00000000") ? "00000001" : "00000000", 2);

    assertThat(log.after(other, Set.of(), 9).gap()).isTrue();
    assertThat(numbers(log.after(other, Set.of(), 9))).containsExactly(1L, 2L, 3L);
    assertThat(log.after(place(4), Set.of(), 9).gap()).isTrue();
  }

  @Test
  void keepsFewerWhereTheyAreLong() {
    String text = "x".repeat(200_000);
    for (int i = 0; i < 9; i++) {
      log.publish(EventType.USER, Json.object().put("name", text));
    }

    assertThat(numbers(log.after(log.first(), Set.of(), 10))).containsExactly(5L, 6L, 7L, 8L, 9L);
  }

  @Test
  void refusesWhatIsFarTooLong() {
    String text = "x".repeat(600_000);

    assertThatThrownBy(() -> log.publish(EventType.USER, Json.object().put("name", text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too long");
    assertThat(log.last()).isEqualTo(place(0));
  }

  @Test
  void keepsOnlyTheNewestAboutAThing() {
    publish(1);
    for (int i = 0; i < 3 * EventLog.KEPT; i++) {
      log.publishNewest(EventType.RESOURCE, i % 3 == 0 ? "squid" : "bind", Json.object());
    }

    Batch batch = log.after(log.first(), Set.of(), 10);

    assertThat(numbers(batch)).containsExactly(1L, 2_999L, 3_001L);
    assertThat(batch.gap()).isFalse();
    assertThat(log.after(place(2), Set.of(), 10).gap()).isFalse();
  }

  @Test
  void countsNoCharactersOfWhatIsKeptNoLonger() {
    String text = "x".repeat(400_000);
    publish(1);
    for (int i = 0; i < 9; i++) {
      log.publishNewest(EventType.RESOURCE, "squid", Json.object().put("name", text));
    }

    assertThat(numbers(log.after(log.first(), Set.of(), 10))).containsExactly(1L, 10L);
  }

  @Test
  void tellsListenersOfEveryEvent() {
    AtomicInteger heard = new AtomicInteger();
    log.onPublish(heard::incrementAndGet);

    publish(3);

    assertThat(heard).hasValue(3);
  }

  @Test
  void readsTheIdsItWrites() {
    assertThat(EventId.parse(place(12).toString())).isEqualTo(place(12));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "abcdef01", "abcdef01-", "abcdef01--1", "ABCDEF01-1", "abcdef01-1 "})
  void refusesOtherIds(String text) {
    assertThatThrownBy(() -> EventId.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsTheTypesItWrites() {
    for (EventType type : EventType.values()) {
      assertThat(EventType.parse(type.text())).isEqualTo(type);
    }
    assertThatThrownBy(() -> EventType.parse("member-gone"))
        .hasMessageStartingWith("must be one of member-join, ");
  }
}
