package community.cloudy.containers;

import community.cloudy.containers.engine.ContainerDetail;
import community.cloudy.containers.engine.ContainerRequest;
import community.cloudy.containers.engine.Engine;
import community.cloudy.containers.engine.EngineException;
import community.cloudy.containers.engine.Mount;
import community.cloudy.containers.engine.Volume;
import community.cloudy.containers.policy.Exceptions;
import community.cloudy.containers.policy.Policy;
import community.cloudy.containers.policy.PolicyException;
import community.cloudy.containers.policy.Refusal;
import community.cloudy.containers.policy.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Single containers, under the policy stacks have: none runs of which the engine did not say itself
 * that it is as it may be. May be called from any thread, and blocks.
 */
public final class Containers {
  /** What marks the containers it made, which the policy lets nobody else set. */
  public static final String LABEL = "cloudy.run";

  private static final Logger log = LoggerFactory.getLogger(Containers.class);

  private final Engine engine;
  private final Policy policy;

  /** Makes containers in {@code engine} as {@code policy} allows. */
  public Containers(Engine engine, Policy policy) {
    this.engine = engine;
    this.policy = policy;
  }

  /**
   * Makes a container and starts it.
   *
   * @param request what is wanted, with a name; its image must be here
   * @param exceptions what an admin allowed it
   * @return its identifier
   * @throws PolicyException if it is refused; then nothing is left of it
   * @throws EngineException if the engine cannot make or start it; then nothing is left either
   */
  public String run(ContainerRequest request, Exceptions exceptions) {
    String id = create(request, exceptions);
    try {
      engine.containers().start(id);
    } catch (EngineException e) {
      engine.containers().remove(id, true, true);
      throw e;
    }
    return id;
  }

  /** Makes a container like {@link #run}, and does not start it. */
  public String create(ContainerRequest request, Exceptions exceptions) {
    Scope scope = scope(request, exceptions);
    ContainerRequest allowed = policy.judge(request, scope).allowed();
    Map<String, String> labels = new HashMap<>(allowed.labels());
    labels.put(LABEL, "true");
    String id = engine.containers().create(allowed.with().labels(labels).build());
    try {
      List<Refusal> refusals = judge(id, scope);
      if (!refusals.isEmpty()) {
        throw new PolicyException(refusals);
      }
    } catch (RuntimeException e) {
      engine.containers().remove(id, true, true);
      throw e;
    }
    log.info("container created name={} id={} image={}", scope.stack(), id, request.image());
    return id;
  }

  /**
   * Returns what would be asked of the engine, with the defaults of this node.
   *
   * @throws PolicyException if it is refused
   */
  public ContainerRequest judge(ContainerRequest request, Exceptions exceptions) {
    return policy.judge(request, scope(request, exceptions)).allowed();
  }

  private static Scope scope(ContainerRequest request, Exceptions exceptions) {
    String name =
        request
            .name()
            .orElseThrow(
                () ->
                    new EngineException(
                        EngineException.Code.INVALID,
                        "Could not make the container: it has no name. Give it one."));
    return scope(name, exceptions);
  }

  static Scope scope(String name, Exceptions exceptions) {
    return new Scope(name, Optional.empty(), exceptions, Set.of(), Links::follow);
  }

  /** Judges what the engine made. */
  public List<Refusal> judge(String id, Scope scope) {
    ContainerDetail made = engine.containers().inspect(id);
    return policy.judge(made, volumes(made), scope);
  }

  private List<Volume> volumes(ContainerDetail made) {
    List<Volume> volumes = new ArrayList<>();
    for (Mount mount : made.mounts()) {
      if (mount.kind() == Mount.Kind.VOLUME && !mount.source().isEmpty()) {
        volumes.add(engine.volumes().inspect(mount.source()));
      }
    }
    return volumes;
  }
}
