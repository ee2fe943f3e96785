package community.cloudy.containers.engine;

import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.PullResponseItem;
import community.cloudy.containers.engine.EngineException.Code;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What can be done with images. {@code image} is a reference or an id. May be called from any
 * thread, and blocks; all methods throw {@link EngineException}.
 */
public final class ImageApi {
  private final Connection connection;
  private final ContainerApi containers;
  private final InstantSource clock;

  ImageApi(Connection connection, ContainerApi containers, InstantSource clock) {
    this.connection = connection;
    this.containers = containers;
    this.clock = clock;
  }

  /** Returns all images, those without a name too. */
  public List<Image> list() {
    return connection.ask(
        "list the images",
        client ->
            client.listImagesCmd().exec().stream()
                .map(Raw::of)
                .map(
                    raw ->
                        read(
                            raw,
                            Instant.ofEpochSecond(raw.number("Created")),
                            raw.textMap("Labels")))
                .toList());
  }

  /** Returns one. */
  public Image inspect(String image) {
    Raw raw = raw(image);
    return read(
        raw, raw.time("Created").orElse(Instant.EPOCH), raw.object("Config").textMap("Labels"));
  }

  /** Tells whether one is here. */
  public boolean isHere(String image) {
    try {
      raw(image);
      return true;
    } catch (EngineException e) {
      if (e.code() == Code.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  /** Returns the ids of those of {@code images} that are here. */
  public Set<String> ids(Collection<String> images) {
    return images.stream()
        .filter(this::isHere)
        .map(image -> raw(image).text("Id"))
        .collect(Collectors.toSet());
  }

  private Raw raw(String image) {
    String name = Names.image(image);
    return connection.ask(
        "inspect the image " + name, client -> Raw.of(client.inspectImageCmd(name).exec()));
  }

  private static Image read(Raw raw, Instant created, Map<String, String> labels) {
    return new Image(
        raw.text("Id"),
        named(raw.texts("RepoTags")),
        named(raw.texts("RepoDigests")),
        created,
        raw.number("Size"),
        labels,
        raw.text("Architecture"));
  }

  private static List<String> named(List<String> names) {
    return names.stream().filter(name -> !name.startsWith("<none>")).toList();
  }

  /**
   * Gets one from its registry. An interrupt ends the pull; layers that are here stay.
   *
   * @param progress hears how far it is, on another thread: each change of a layer's state, and its
   *     bytes five times a second at most
   */
  public Image pull(ImageReference image, Consumer<PullProgress> progress) {
    String action = "pull the image " + image;
    Optional<AuthConfig> credentials =
        connection
            .config()
            .registryCredentials()
            .flatMap(file -> RegistryCredentials.find(file, image.registry()));
    PullReader reader = new PullReader(action, clock, progress);
    try (Feed<PullResponseItem> feed =
        connection.stream(
            action,
            reader,
            (client, sink) -> {
              PullImageCmd command =
                  client
                      .pullImageCmd(image.name())
                      .withTag(image.digest().or(image::tag).orElse("latest"));
              credentials.ifPresent(command::withAuthConfig);
              command.exec(sink);
            })) {
      boolean over = false;
      while (!over) {
        over = feed.await(Duration.ofHours(1));
      }
    } catch (EngineException e) {
      throw e.code() == Code.FAILED ? Failures.registry(action, e) : e;
    }
    return inspect(image.toString());
  }

  /**
   * Takes a name away from one, and its layers if no other name or container needs them.
   *
   * @param force whether also if a stopped container needs it, or by an id that has several names
   */
  public void remove(String image, boolean force) {
    String name = Names.image(image);
    connection.change(
        "remove the image " + name, client -> client.removeImageCmd(name).withForce(force).exec());
  }

  /**
   * Removes what no container uses and has been here for longer than {@code age}, as far as the
   * engine knows: what has no tag counts from when it was made. Never a volume.
   */
  public Pruned prune(Duration age) {
    return prune(age, image -> true);
  }

  /** Removes, of those that {@link #prune(Duration)} would, the images that {@code may} go. */
  public Pruned prune(Duration age, Predicate<Image> may) {
    Instant limit = clock.instant().minus(age);
    Set<String> used = new HashSet<>();
    containers.list(Map.of()).forEach(container -> used.add(container.imageId()));
    List<String> removed = new ArrayList<>();
    long bytes = 0;
    for (Image image : list()) {
      if (!used.contains(image.id()) && may.test(image) && here(image).isBefore(limit)) {
        List<String> gone = removeUnused(image);
        removed.addAll(gone);
        bytes += gone.isEmpty() ? 0 : image.size();
      }
    }
    return new Pruned(removed, bytes);
  }

  private Instant here(Image image) {
    try {
      return raw(image.id()).object("Metadata").time("LastTagTime").orElse(image.created());
    } catch (EngineException e) {
      if (e.code() == Code.NOT_FOUND) {
        return Instant.MAX;
      }
      throw e;
    }
  }

  private List<String> removeUnused(Image image) {
    List<String> names = image.tags().isEmpty() ? List.of(image.id()) : image.tags();
    List<String> removed = new ArrayList<>();
    for (String name : names) {
      try {
        remove(name, false);
        removed.add(name);
      } catch (EngineException e) {
        // Somebody has begun to use it, or removed it, meanwhile.
        if (e.code() != Code.CONFLICT && e.code() != Code.NOT_FOUND) {
          throw e;
        }
      }
    }
    return removed;
  }

  /** Gives one another name. */
  public void tag(String image, ImageReference name) {
    String from = Names.image(image);
    connection.change(
        "tag the image " + from,
        client -> client.tagImageCmd(from, name.name(), name.tag().orElse("latest")).exec());
  }
}
