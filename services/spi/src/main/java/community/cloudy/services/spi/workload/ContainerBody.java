package community.cloudy.services.spi.workload;

import community.cloudy.containers.Containers;
import community.cloudy.containers.engine.Container;
import community.cloudy.containers.engine.ContainerDetail;
import community.cloudy.containers.engine.ContainerRequest;
import community.cloudy.containers.engine.ContainerState;
import community.cloudy.containers.engine.Engine;
import community.cloudy.containers.engine.EngineException;
import community.cloudy.containers.engine.EngineStream;
import community.cloudy.containers.engine.LogOptions;
import community.cloudy.containers.policy.Exceptions;
import community.cloudy.containers.policy.PolicyException;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A container of one module, found again by a label. Nobody but the agent starts it anew, so that
 * what it shows and what runs agree.
 */
final class ContainerBody implements Body {
  private static final String LABEL = "cloudy.workload";
  private static final String MADE_AS = "cloudy.workload.hash";
  private static final Duration STOP = Duration.ofSeconds(20);

  private final Engine engine;
  private final Containers containers;
  private final ContainerRequest request;
  private final String name;
  private final String madeAs;

  /** Makes the body of the container that {@code request} names. */
  ContainerBody(Engine engine, Containers containers, ContainerRequest request) {
    this.engine = engine;
    this.containers = containers;
    name = request.name().orElseThrow(() -> new IllegalArgumentException("it has no name"));
    Map<String, String> labels = new HashMap<>(request.labels());
    labels.put(LABEL, name);
    madeAs = RunFile.hash(List.of(request.toString()));
    labels.put(MADE_AS, madeAs);
    this.request = request.with().labels(labels).build();
  }

  @Override
  public Optional<Life> find() {
    try {
      Optional<Life> found = Optional.empty();
      for (Container container : engine.containers().list(Map.of(LABEL, name))) {
        boolean same = madeAs.equals(container.labels().get(MADE_AS));
        if (same && container.state() == ContainerState.RUNNING) {
          found = Optional.of(new ContainerLife(container.id()));
        } else {
          engine.containers().stop(container.id(), STOP);
          engine.containers().remove(container.id(), true, true);
        }
      }
      return found;
    } catch (EngineException e) {
      throw new ServiceException(Code.UNAVAILABLE, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public Life start() {
    try {
      if (!engine.images().isHere(request.image().toString())) {
        engine.images().pull(request.image(), progress -> {});
      }
      return new ContainerLife(containers.run(request, Exceptions.NONE));
    } catch (EngineException | PolicyException e) {
      throw new ServiceException(Code.FAILED, String.valueOf(e.getMessage()), e);
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
