package community.cloudy.containers.engine;

import com.github.dockerjava.api.model.PullResponseItem;
import community.cloudy.containers.engine.PullProgress.Layer;
import community.cloudy.containers.engine.PullProgress.LayerState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sums up what the engine says of a pull. */
final class PullReader implements EngineStream.Listener<PullResponseItem> {
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int MAX_LAYERS = 500;
  private static final int MAX_STEP = 120;

  private final String action;
  private final InstantSource clock;
  private final Consumer<PullProgress> progress;
  private final Map<String, Layer> layers = new LinkedHashMap<>();
  private Instant reported = Instant.MIN;

  PullReader(String action, InstantSource clock, Consumer<PullProgress> progress) {
    this.action = action;
    this.clock = clock;
    this.progress = progress;
  }

  @Override
  public void next(PullResponseItem item) {
    Raw raw = Raw.of(item);
    raw.textIfAny("error")
        .or(() -> raw.object("errorDetail").textIfAny("message"))
        .ifPresent(
            reason -> {
              throw Failures.registry(action, reason);
            });
    String status = raw.text("status");
    String id = raw.text("id");
    LayerState state = stateOf(status);
    Layer before = layers.get(id);
    boolean news = state == null;
    if (state != null && (before != null || layers.size() < MAX_LAYERS)) {
      Layer now = advance(before, id, state, raw.object("progressDetail"));
      layers.put(id, now);
      news = before == null || before.state() != now.state();
    }
    Instant at = clock.instant();
    if (news || reported.plus(PAUSE).isBefore(at)) {
      reported = at;
      progress.accept(sum(state == null ? status : status + " " + id));
    }
  }

  private static @Nullable LayerState stateOf(String status) {
    return switch (status) {
      case "Pulling fs layer", "Waiting" -> LayerState.WAITING;
      case "Downloading" -> LayerState.DOWNLOADING;
      case "Verifying Checksum", "Download complete" -> LayerState.DOWNLOADED;
      case "Extracting" -> LayerState.EXTRACTING;
      case "Pull complete" -> LayerState.COMPLETE;
      case "Already exists" -> LayerState.PRESENT;
      default -> null;
    };
  }

  private static Layer advance(@Nullable Layer before, String id, LayerState state, Raw detail) {
    long total = before == null ? 0 : before.total();
    if (state == LayerState.DOWNLOADING) {
      total = Math.max(total, detail.number("total"));
      return new Layer(id, state, Math.min(detail.number("current"), total), total);
    }
    return new Layer(id, state, state == LayerState.WAITING ? 0 : total, total);
  }

  private PullProgress sum(String step) {
    List<Layer> all = List.copyOf(layers.values());
    return new PullProgress(
        Words.clean(step, MAX_STEP),
        all.stream().mapToLong(Layer::done).sum(),
        all.stream().mapToLong(Layer::total).sum(),
        all);
  }
}
