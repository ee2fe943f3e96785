package community.cloudy.gossip.serf.swim;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.serf.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BroadcastQueueTest {
  private final List<String> done = new ArrayList<>();
  private int woken;
  private final BroadcastQueue queue = new BroadcastQueue(1, () -> 10, () -> woken++);

  private void add(String... messages) {
    for (String message : messages) {
      queue.add(message.getBytes(US_ASCII), () -> done.add(message));
    }
  }

  private void replace(String name, String message) {
    queue.replace(Bytes.utf8(name), message.getBytes(US_ASCII), () -> done.add(message));
  }

  private List<String> take(int overhead, int limit) {
    List<byte[]> packet = new ArrayList<>();
    int used = queue.take(overhead, limit, packet);
    List<String> taken = packet.stream().map(bytes -> new String(bytes, US_ASCII)).toList();
    assertThat(used)
        .isEqualTo(taken.stream().mapToInt(message -> message.length() + overhead).sum())
        .isLessThanOrEqualTo(limit);
    return taken;
  }

  private void addFourOf18Bytes() {
    add("1. this is a test.", "2. this is a test.", "3. this is a test.", "4. this is a test.");
  }

  @ParameterizedTest
  @CsvSource({"3,0,0", "3,1,3", "3,9,3", "3,99,6", "4,1000,16"})
  void isSentMoreOftenInALargerCommunity(int mult, int members, int times) {
    assertThat(BroadcastQueue.transmitLimit(mult, members)).isEqualTo(times);
  }

  @Test
  void isAskedForNothingWhenEmpty() {
    assertThat(take(2, 1400)).isEmpty();
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.hasFresh()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"2,4", "3,3"})
  void overheadCountsAgainstTheLimit(int overhead, int count) {
    addFourOf18Bytes();
    assertThat(take(overhead, 80)).hasSize(count);
  }

  @Test
  void aMessageThatFitsExactlyIsTakenAndOneByteLessIsNot() {
    add("12345");
    assertThat(take(2, 6)).isEmpty();
    assertThat(take(2, 7)).hasSize(1);
  }

  @Test
  void eachOfFourIsSentTwiceInBatchesOf3And3And2() {
    addFourOf18Bytes();
    assertThat(take(3, 80)).hasSize(3);
    assertThat(take(3, 80)).hasSize(3);
    assertThat(done).hasSize(2);
    assertThat(take(3, 80)).hasSize(2);
    assertThat(take(3, 80)).isEmpty();
    assertThat(done).hasSize(4).doesNotHaveDuplicates();
    assertThat(queue.size()).isZero();
  }

  @Test
  void whatWasSentLeastGoesFirstThenTheLongestThenTheNewest() {
    add("aaa", "bb");
    assertThat(take(0, 100)).containsExactly("aaa", "bb");
    add("c", "ddd", "eee");
    assertThat(take(0, 100)).containsExactly("eee", "ddd", "c", "aaa", "bb");
  }

  @Test
  void aShorterMessageFillsWhatALongOneLeaves() {
    add("12345678", "1234", "12");
    assertThat(take(2, 10)).containsExactly("12345678");
    assertThat(take(2, 10)).containsExactly("1234", "12");
  }

  @Test
  void aMessageThatFitsNoPacketDoesNotHoldUpOthers() {
    add("too long for it", "ok");
    assertThat(take(2, 10)).containsExactly("ok");
    assertThat(queue.size()).isEqualTo(2);
  }

  @Test
  void aNamedMessageReplacesTheOlderOneWhichIsThenDone() {
    replace("b", "old");
    replace("c", "other");
    replace("b", "new");
    assertThat(done).containsExactly("old");
    assertThat(take(0, 100)).containsExactly("other", "new");
  }

  @Test
  void oneThatWasSentMeanwhileIsReplacedToo() {
    replace("b", "old");
    take(0, 100);
    replace("b", "new");
    assertThat(take(0, 100)).containsExactly("new");
    assertThat(done).containsExactly("old");
  }

  @Test
  void unnamedMessagesReplaceNothing() {
    add("same", "same");
    replace("b", "same");
    assertThat(take(0, 100)).hasSize(3);
  }

  @Test
  void aMessageSentForTheLastTimeNoLongerCountsAsNamed() {
    replace("b", "old");
    take(0, 100);
    take(0, 100);
    replace("b", "new");
    assertThat(done).containsExactly("old");
    assertThat(queue.size()).isEqualTo(1);
  }

  @Test
  void pruningDropsWhatWasSentMostThenTheShortestThenTheOldest() {
    add("sent");
    take(0, 100);
    add("aa", "bb", "ccc", "ddd");
    assertThat(queue.prune(2)).isEqualTo(3);
    assertThat(done).containsExactly("sent", "aa", "bb");
    assertThat(take(0, 100)).containsExactly("ddd", "ccc");
    assertThat(queue.prune(2)).isZero();
  }

  @Test
  void tellsOfNewsAndWhetherItIsFresh() {
    add("news");
    assertThat(woken).isEqualTo(1);
    assertThat(queue.hasFresh()).isTrue();
    take(0, 100);
    assertThat(queue.hasFresh()).isFalse();
    assertThat(queue.isEmpty()).isFalse();
  }
}
