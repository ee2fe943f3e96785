package community.cloudy.services.graphs.store;

import community.cloudy.services.spi.settings.Setting;
import java.time.Duration;
import java.util.Optional;

/** What a person can set of how measurements are kept. */
public record StoreSettings(
    @Setting(
            value = "Keeps finer values beside those of five minutes",
            ca = "Desa també valors més fins que els de cinc minuts",
            es = "Guarda también valores más finos que los de cinco minutos")
        Optional<Fine> fine,
    @Setting(
            value = "Keeps the shortest and the longest answer of each ping",
            ca = "Desa la resposta més curta i la més llarga de cada ping",
            es = "Guarda la respuesta más corta y la más larga de cada ping",
            fallback = "false")
        boolean smoke) {

  /** Only what snpservices kept. */
  public static final StoreSettings LEGACY = new StoreSettings(Optional.empty(), false);

  /** Finer values. */
  public record Fine(
      @Setting(
              value = "Distance of the values, such as 60s, at least the time between two polls",
              ca = "Distància entre valors, com ara 60s",
              es = "Distancia entre valores, como 60s",
              fallback = "60s")
          Duration step,
      @Setting(
              value = "How long they are kept, at most 10,000 values",
              ca = "Quant de temps es desen",
              es = "Cuánto tiempo se guardan",
              fallback = "2d")
          Duration keep) {
    private static final long MAX_ROWS = 10_000;

    /** Checks that it is finer than the rest, and not too much. */
    public Fine {
      long seconds = step.toSeconds();
      if (seconds < 10 || seconds >= 300 || 300 % seconds != 0) {
        throw new IllegalArgumentException("must have a step of 10s to 150s that divides 300s");
      }
      long rows = keep.toSeconds() / seconds;
      if (rows < 1 || rows > MAX_ROWS) {
        throw new IllegalArgumentException("must keep 1 to 10,000 values of its step");
      }
    }

    int rows() {
      return (int) (keep.toSeconds() / step.toSeconds());
    }
  }
}
