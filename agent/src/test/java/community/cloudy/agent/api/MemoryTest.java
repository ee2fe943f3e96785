package community.cloudy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class MemoryTest {
  @Test
  void readsWhatTheKernelTells() throws IOException {
    String meminfo =
        "MemTotal:        3906332 kB\nMemFree:           99912 kB\nMemAvailable:    2031616 kB\n";

    assertThat(Memory.parse(meminfo)).isEqualTo(new Memory(3_906_332L << 10, 1_984L << 20));
  }

  @Test
  void saysWhatTheKernelDoesNotTell() {
    assertThatThrownBy(() -> Memory.parse("MemTotal:        3906332 kB\nMemFree: 1 kB\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("MemAvailable");
  }

  @Test
  void thisMachineHasSome() throws IOException {
    Memory memory = Memory.now();

    assertThat(memory.available()).isPositive().isLessThanOrEqualTo(memory.total());
    assertThat(Metrics.residentBytes()).isPositive().isLessThan(memory.total());
  }
}
