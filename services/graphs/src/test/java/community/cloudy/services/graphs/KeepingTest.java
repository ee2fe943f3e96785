package community.cloudy.services.graphs;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.services.graphs.model.Sample;
import community.cloudy.services.graphs.store.Store;
import community.cloudy.services.graphs.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeepingTest {
  @TempDir private Path folder;

  private int toldAfter(List<Sample> samples) throws IOException {
    AtomicInteger told = new AtomicInteger();
    try (Store store = new Store(folder, StoreSettings.LEGACY);
        Keeping keeping = new Keeping(store, told::incrementAndGet)) {
      keeping.take(samples);
    }
    return told.get();
  }

  @Test
  void saysThatThereIsMoreToShowOnceItIsWritten() throws IOException {
    Instant at = Instant.parse("2026-11-30T06:00:00Z");

    assertThat(toldAfter(List.of(new Sample.Ping("100-1", at, 0, 1, 1, 1)))).isEqualTo(1);
  }

  @Test
  void saysNothingWhereNothingWasMeasured() throws IOException {
    assertThat(toldAfter(List.of())).isZero();
  }
}
