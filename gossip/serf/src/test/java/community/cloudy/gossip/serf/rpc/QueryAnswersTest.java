package community.cloudy.gossip.serf.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.serf.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryAnswersTest {
  private final List<String> sent = new ArrayList<>();
  private final QueryAnswers answers =
      new QueryAnswers(
          Runnable::run,
          new QueryAnswers.Client() {
            @Override
            public void accepted() {
              sent.add("header");
            }

            @Override
            public void record(byte[] record) {
              sent.add("record");
            }

            @Override
            public void last(byte[] record) {
              sent.add("last");
            }
          });

  @Test
  void theHeaderGoesBeforeAnAnswerThatIsFasterThanIt() {
    answers.acknowledged("a");
    answers.accepted();
    answers.answered("a", Bytes.EMPTY);
    answers.finished();

    assertThat(sent).containsExactly("header", "record", "record", "last");
  }

  @Test
  void theHeaderGoesBeforeTheEnd() {
    answers.finished();
    answers.accepted();

    assertThat(sent).containsExactly("header", "last");
  }
}
