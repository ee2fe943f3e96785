package community.cloudy.gossip.serf.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.serf.wire.Bytes;
import org.junit.jupiter.api.Test;

class UserEventsTest {
  private static final Bytes NAME = Bytes.utf8("deploy");
  private static final Bytes PAYLOAD = Bytes.utf8("v1");

  private final LamportClock clock = new LamportClock();
  private final UserEvents events = new UserEvents(clock);

  private boolean isNew(long time) {
    return events.isNew(time, NAME, PAYLOAD);
  }

  @Test
  void anEventIsNewOnce() {
    assertThat(isNew(5)).isTrue();
    assertThat(isNew(5)).isFalse();
    assertThat(clock.time()).isEqualTo(6);
  }

  @Test
  void eventsOfOneTimeDifferByNameOrPayload() {
    assertThat(isNew(5)).isTrue();
    assertThat(events.isNew(5, Bytes.utf8("other"), PAYLOAD)).isTrue();
    assertThat(events.isNew(5, NAME, Bytes.utf8("v2"))).isTrue();
    assertThat(events.isNew(5, NAME, Bytes.utf8("v2"))).isFalse();
  }

  @Test
  void dropsWhatIsOlderThanTheWindow() {
    assertThat(isNew(10_000)).isTrue();
    assertThat(isNew(10_000 - LamportWindow.SLOTS)).isFalse();
    assertThat(isNew(10_001 - LamportWindow.SLOTS)).isTrue();
  }

  @Test
  void aNewTimeTakesTheSlotOfAnOldOne() {
    assertThat(isNew(5)).isTrue();
    assertThat(isNew(5 + LamportWindow.SLOTS)).isTrue();
    assertThat(events.buffered()).hasSize(1);
    assertThat(events.buffered().get(0).lamportTime()).isEqualTo(5 + LamportWindow.SLOTS);
  }

  @Test
  void ignoresWhatIsBeforeTheMarkWhichNeverMovesBack() {
    events.ignoreBefore(10);
    events.ignoreBefore(3);
    assertThat(isNew(9)).isFalse();
    assertThat(isNew(10)).isTrue();
  }

  @Test
  void tellsAllItHolds() {
    isNew(5);
    events.isNew(5, NAME, Bytes.utf8("v2"));
    isNew(7);
    assertThat(events.buffered()).hasSize(2);
    assertThat(events.buffered().get(0).events()).hasSize(2);
  }

  @Test
  void tellsOthersOfTheLast512TimesOnly() {
    for (int time = 1; time <= 2000; time++) {
      isNew(time);
    }
    assertThat(events.buffered()).hasSize(LamportWindow.TOLD);
    assertThat(events.buffered()).allMatch(slot -> slot.lamportTime() > 2000 - 512);
  }

  @Test
  void aFloodOverManyTimesIsBoundedAndWhatIsForgottenStaysOld() {
    for (int i = 0; i < 3 * LamportWindow.MAX_ITEMS; i++) {
      events.isNew(100 + i / 200, NAME, Bytes.utf8("p" + i));
    }
    assertThat(events.isNew(100, NAME, Bytes.utf8("p0"))).isFalse();
    assertThat(events.buffered().stream().mapToInt(slot -> slot.events().size()).sum())
        .isLessThanOrEqualTo(LamportWindow.MAX_ITEMS);
  }

  @Test
  void aFloodWithinOneTimeIsBounded() {
    int kept = 0;
    for (int i = 0; i < 10_000; i++) {
      kept += events.isNew(5, NAME, Bytes.utf8("p" + i)) ? 1 : 0;
    }
    assertThat(kept).isEqualTo(256);
  }

  @Test
  void queriesAreToldApartByTheirId() {
    LamportWindow<Integer> queries = new LamportWindow<>(clock);
    assertThat(queries.isNew(5, 1)).isTrue();
    assertThat(queries.isNew(5, 1)).isFalse();
    assertThat(queries.isNew(5, 2)).isTrue();
    assertThat(queries.isNew(10_000, 1)).isTrue();
    assertThat(queries.isNew(10_000 - LamportWindow.SLOTS, 1)).isFalse();
    queries.ignoreBefore(10_001);
    assertThat(queries.isNew(10_000, 9)).isFalse();
  }
}
