package community.cloudy.containers.backup;

import community.cloudy.containers.engine.ContainerRequest;
import community.cloudy.containers.engine.Engine;
import community.cloudy.containers.engine.EngineException;
import community.cloudy.containers.engine.Image;
import community.cloudy.containers.engine.ImageReference;
import community.cloudy.containers.engine.Mount;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container that never runs: by it the engine copies volumes in and out for us, owners and modes
 * as they are. Nothing else of a stack is mounted in it, so that whatever a link in a tar may lead
 * to goes with it.
 */
final class Carrier implements AutoCloseable {
  /** What tells such a container, which the policy lets nobody else set. */
  static final String LABEL = "cloudy.carrier";

  private static final String PLACE = "/cloudy";

  private final Engine engine;
  private final String container;
  private final List<String> volumes;

  private Carrier(Engine engine, String container, List<String> volumes) {
    this.engine = engine;
    this.container = container;
    this.volumes = volumes;
  }

  /**
   * Makes one.
   *
   * @param volumes names at the engine
   * @param images what may be pulled to make it of, if no image is here
   */
  static Carrier of(Engine engine, List<String> volumes, List<String> images) {
    List<Mount> mounts = new ArrayList<>();
    for (int i = 0; i < volumes.size(); i++) {
      String target = PLACE + "/" + root(i);
      mounts.add(new Mount(Mount.Kind.VOLUME, volumes.get(i), target, false, Map.of()));
    }
    ContainerRequest request =
        ContainerRequest.of(image(engine, images))
            .with()
            .network("none")
            .mounts(mounts)
            .labels(Map.of(LABEL, "true"))
            .build();
    return new Carrier(engine, engine.containers().create(request), List.copyOf(volumes));
  }

  private static String image(Engine engine, List<String> images) {
    Optional<String> here =
        engine.images().list().stream()
            .map(Image::tags)
            .flatMap(List::stream)
            .filter(tag -> !tag.startsWith("<"))
            .findFirst();
    if (here.isPresent()) {
      return here.get();
    }
    String first =
        images.stream()
            .findFirst()
            .orElseThrow(
                () ->
                    new BackupException(
                        BackupException.Code.FAILED,
                        "Could not reach the data: the engine has no image. Pull any one first."));
    engine.images().pull(ImageReference.parse(first), progress -> {});
    return first;
  }

  /** Returns the name of the folder that is the root of a volume's tar. */
  static String root(int index) {
    return "volume" + index;
  }

  /** Returns a volume's tar; to be closed. */
  InputStream copyOut(String volume) {
    return engine.containers().copyOut(container, PLACE + "/" + root(volumes.indexOf(volume)));
  }

  /** Unpacks a tar whose root folder has the name that {@link #root} gives this volume. */
  void copyIn(InputStream tar) {
    engine.containers().copyIn(container, PLACE, tar);
  }

  @Override
  public void close() {
    try {
      engine.containers().remove(container, true, false);
    } catch (EngineException e) {
      // It never runs, and holds none of the data: the next start sweeps it away.
      return;
    }
  }
}
