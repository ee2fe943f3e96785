package community.cloudy.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import community.cloudy.agent.json.Json;
import org.junit.jupiter.api.Test;

class SparklineTest {
  private final ArrayNode values = Json.array();

  @Test
  void barsAreMeansAndTheUnknownIsAGap() {
    values.add(0).add(0).addNull().addNull().add(4).add(6).add(7).add(7);

    assertThat(Sparkline.of(values, 4)).isEqualTo("▁ ▆█");
  }

  @Test
  void nothingButZerosIsFlat() {
    values.add(0).add(0);

    assertThat(Sparkline.of(values, 60)).isEqualTo("▁▁");
    assertThat(Sparkline.of(Json.array(), 60)).isEmpty();
  }
}
