package community.cloudy.gossip.serf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.gossip.serf.SerfException.Code;
import community.cloudy.gossip.serf.transport.EventLoop;
import community.cloudy.gossip.serf.wire.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoopResponderTest {
  private EventLoop loop;

  @BeforeEach
  void start() throws IOException {
    loop = EventLoop.start("test");
  }

  @AfterEach
  void stop() {
    loop.close();
  }

  private void answer(QueryResponder responder) {
    SerfEvent.Query query = new SerfEvent.Query(1, 2, "asker", "uptime", Bytes.EMPTY, responder);
    ((SerfEvent.Query) LoopResponder.of(loop, query)).responder().respond(Bytes.EMPTY);
  }

  @Test
  void anAnswerFromAnyThreadIsMadeOnTheLoop() {
    List<Boolean> onLoop = new ArrayList<>();

    answer(payload -> onLoop.add(loop.inLoop()));

    assertThat(onLoop).containsExactly(true);
  }

  @Test
  void aRefusalReachesTheCaller() {
    assertThatThrownBy(
            () ->
                answer(
                    payload -> {
                      throw new SerfException(Code.TIMEOUT, "response is past the deadline");
                    }))
        .isInstanceOf(SerfException.class)
        .hasMessage("response is past the deadline");
  }

  @Test
  void anAnswerAfterTheEndIsRefused() {
    loop.close();

    assertThatThrownBy(() -> answer(payload -> {}))
        .isInstanceOfSatisfying(
            SerfException.class, e -> assertThat(e.code()).isEqualTo(Code.CLOSED));
  }
}
