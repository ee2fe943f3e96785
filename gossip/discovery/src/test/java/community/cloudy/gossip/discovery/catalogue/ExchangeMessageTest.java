package community.cloudy.gossip.discovery.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.gossip.discovery.NodeKey;
import community.cloudy.gossip.serf.wire.Bytes;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExchangeMessageTest {
  private static final NodeKey KEY = new TestNode("a").key();
  private static final List<ExchangeMessage> SAMPLES =
      List.of(
          new ExchangeMessage.Summary(-5),
          new ExchangeMessage.Done(),
          new ExchangeMessage.Owners(List.of(new ExchangeMessage.OwnerDigest(KEY, 77))),
          new ExchangeMessage.Fetch(
              List.of(
                  new ExchangeMessage.OwnerState(
                      KEY, List.of(new ExchangeMessage.Version("web", 3))))),
          new ExchangeMessage.Records(
              true,
              List.of(new ExchangeMessage.Item(Bytes.utf8("record"), 60)),
              List.of(new ExchangeMessage.Reference(KEY, "sync"))),
          new ExchangeMessage.Offer(List.of(new ExchangeMessage.Item(Bytes.utf8("record"), 9))));

  @Test
  void readsBackWhatItWrote() throws Exception {
    for (ExchangeMessage message : SAMPLES) {
      assertThat(ExchangeMessage.decode(message.encode())).isEqualTo(message);
    }
  }

  @Test
  void mutatedMessagesOnlyEverFailAsRecords() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = SAMPLES.get(random.nextInt(SAMPLES.size())).encode().array().clone();
      for (int changes = random.nextInt(1, 6); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        ExchangeMessage.decode(Bytes.wrap(bytes));
      } catch (RecordException e) {
        assertThat(e).hasMessageNotContaining("Exception");
      }
    }
  }

  @Test
  void aCountWithoutContentIsRefusedBeforeItIsAllocated() {
    assertThatThrownBy(
            () -> ExchangeMessage.decode(Bytes.wrap(new byte[] {6, (byte) 0xff, (byte) 0xff})))
        .isInstanceOf(RecordException.class);
    assertThatThrownBy(() -> ExchangeMessage.decode(Bytes.wrap(new byte[] {6, 0x4e, 0x20})))
        .isInstanceOf(RecordException.class);
  }
}
