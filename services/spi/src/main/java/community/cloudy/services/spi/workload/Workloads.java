package community.cloudy.services.spi.workload;

import community.cloudy.containers.Containers;
import community.cloudy.containers.engine.ContainerRequest;
import community.cloudy.containers.engine.Engine;
import community.cloudy.services.spi.ProcessSpec;
import community.cloudy.services.spi.Readiness;
import community.cloudy.services.spi.Workload;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Makes workloads of one module; for whoever hosts modules. May be used from any thread.
 *
 * @param module its id
 * @param folder where logs and what runs are kept, for the next agent
 * @param times how patient they are
 * @param clock the time of day
 */
public record Workloads(String module, Path folder, Times times, InstantSource clock) {
  /** Returns a process that is not started yet. */
  public Workload process(ProcessSpec spec, Readiness ready) {
    return supervised(spec.name(), new ProcessBody(spec, folder), ready);
  }

  /** Returns a container that is not started yet. */
  public Workload container(
      Engine engine, Containers containers, ContainerRequest request, Readiness ready) {
    Path file = folder.resolve("container.made");
    return supervised("container", new ContainerBody(file, engine, containers, request), ready);
  }

  /** Returns something that runs by itself. */
  public Workload external(Readiness ready) {
    return supervised("external", new ExternalBody(), ready);
  }

  /** Ends every process that an agent has left running here, of whatever module it was. */
  public void endAll() {
    RunFile.in(folder).stream()
        .flatMap(file -> file.read().stream())
        .flatMap(entry -> entry.process().stream())
        .forEach(process -> ProcessGroup.signal("KILL", process.pid()));
  }

  private Workload supervised(String name, Body body, Readiness ready) {
    return new Supervised(module + "-" + name, body, ready, times, clock).begin();
  }
}
