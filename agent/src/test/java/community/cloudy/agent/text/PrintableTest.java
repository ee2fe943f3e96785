package community.cloudy.agent.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PrintableTest {
  @Test
  void leavesOrdinaryTextAlone() {
    assertThat(Printable.of("Àtic 東京 😀 a=b")).isEqualTo("Àtic 東京 😀 a=b");
  }

  @Test
  void replacesWhatMovesTheCursorOrReordersText() {
    assertThat(Printable.of("a\u001b[2Jb\nc\u202ed\u2066e\u0085f\u2028g\ud800h\u007f"))
        .isEqualTo("a\ufffd[2Jb\ufffdc\ufffdd\ufffde\ufffdf\ufffdg\ufffdh\ufffd");
  }
}
