package community.cloudy.services.spi.workload;

import community.cloudy.containers.Containers;
import community.cloudy.containers.engine.ContainerDetail;
import community.cloudy.containers.engine.ContainerRequest;
import community.cloudy.containers.engine.ContainerState;
import community.cloudy.containers.engine.Engine;
import community.cloudy.containers.engine.EngineException;
import community.cloudy.containers.engine.EngineStream;
import community.cloudy.containers.engine.LogOptions;
import community.cloudy.containers.policy.Exceptions;
import community.cloudy.containers.policy.PolicyException;
import community.cloudy.gossip.discovery.store.SafeFile;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A container of one module, found again by what a private file says: a label anybody could set.
 * Nobody but the agent starts it anew, so that what it shows and what runs agree.
 */
final class ContainerBody implements Body {
  private static final int MOST = 256;
  private static final Duration STOP = Duration.ofSeconds(20);

  private final Path file;
  private final Engine engine;
  private final Containers containers;
  private final ContainerRequest request;
  private final String name;
  private final String madeAs;

  /**
   * Makes the body of the container that {@code request} names.
   *
   * @param file where the next agent finds which one it is
   */
  ContainerBody(Path file, Engine engine, Containers containers, ContainerRequest request) {
    this.file = file;
    this.engine = engine;
    this.containers = containers;
    name = request.name().orElseThrow(() -> new IllegalArgumentException("it has no name"));
    madeAs = RunFile.hash(List.of(request.toString()));
    this.request = request;
  }

  @Override
  public Optional<Life> find() {
    List<String> made = made();
    if (made.size() != 2) {
      return Optional.empty();
    }
    ContainerLife life = new ContainerLife(made.get(0));
    if (life.isAlive() && made.get(1).equals(madeAs)) {
      return Optional.of(life);
    }
    life.stop();
    return Optional.empty();
  }

  /** Returns the container's identifier and what it was made of; nothing if there is none. */
  private List<String> made() {
    try {
      String text = new String(SafeFile.read(file, MOST), StandardCharsets.US_ASCII);
      return text.matches("[0-9a-f]{64} [0-9a-f]{64}\n")
          ? List.of(text.strip().split(" ", 2))
          : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }

  @Override
  public Life start() {
    try {
      if (!engine.images().isHere(request.image().toString())) {
        engine.images().pull(request.image(), progress -> {});
      }
      String id = containers.run(request, Exceptions.NONE);
      ContainerLife life = new ContainerLife(id);
      keep(id, life);
      return life;
    } catch (EngineException | PolicyException e) {
      throw new ServiceException(Code.FAILED, String.valueOf(e.getMessage()), e);
    }
  }

  private void keep(String id, Life life) {
    try {
      SafeFile.createFolder(file.resolveSibling("."));
      byte[] line = (id + " " + madeAs + "\n").getBytes(StandardCharsets.US_ASCII);
      SafeFile.write(file, line, "rw-------");
    } catch (IOException e) {
      life.stop();
      throw new ServiceException(
          Code.FAILED, "Could not write %s: %s. Make room.".formatted(file, e.getMessage()), e);
    }
  }

  @Override
  public List<String> log(int lines) {
    List<String> said = Collections.synchronizedList(new ArrayList<>());
    try (EngineStream stream =
        engine
            .containers()
            .logs(name, LogOptions.tail(lines), line -> said.add(LogFile.safe(line.text())))) {
      stream.await(STOP);
    } catch (EngineException e) {
      return List.of("not readable: " + e.getMessage());
    }
    return List.copyOf(said);
  }

  @Override
  public void tidy() {}

  @Override
  public Duration stopWithin() {
    return STOP;
  }

  /** A container; while the engine does not answer, it is taken to run on. */
  private final class ContainerLife implements Life {
    private final String id;

    ContainerLife(String id) {
      this.id = id;
    }

    @Override
    public boolean isAlive() {
      try {
        ContainerState state = engine.containers().inspect(id).summary().state();
        return state == ContainerState.RUNNING || state == ContainerState.PAUSED;
      } catch (EngineException e) {
        return e.code() != EngineException.Code.NOT_FOUND;
      }
    }

    @Override
    public String end() {
      try {
        ContainerDetail detail = engine.containers().inspect(id);
        String end = "the container %s ended with code %d".formatted(name, detail.exitCode());
        engine.containers().remove(id, true, true);
        return detail.oomKilled() ? end + ", for want of memory" : end;
      } catch (EngineException e) {
        return "the container " + name + " is gone";
      }
    }

    @Override
    public void stop() {
      try {
        engine.containers().stop(id, STOP);
        engine.containers().remove(id, true, true);
      } catch (EngineException e) {
        if (e.code() == EngineException.Code.NOT_FOUND) {
          return;
        }
        throw new ServiceException(Code.FAILED, String.valueOf(e.getMessage()), e);
      }
    }

    @Override
    public OptionalLong pid() {
      return OptionalLong.empty();
    }

    @Override
    public void onEnd(Runnable woken) {}
  }
}
