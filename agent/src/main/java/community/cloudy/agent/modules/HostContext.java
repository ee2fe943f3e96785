package community.cloudy.agent.modules;

import community.cloudy.agent.containers.ContainerHost;
import community.cloudy.containers.engine.ContainerRequest;
import community.cloudy.services.spi.Catalogue;
import community.cloudy.services.spi.ModuleContext;
import community.cloudy.services.spi.People;
import community.cloudy.services.spi.ProcessSpec;
import community.cloudy.services.spi.Readiness;
import community.cloudy.services.spi.RunMode;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import community.cloudy.services.spi.Workload;
import community.cloudy.services.spi.render.ManagedFolder;
import community.cloudy.services.spi.workload.Workloads;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one module is lent.
 *
 * @param shared what all modules are lent
 * @param id the module's
 * @param folder its own
 * @param mode how it runs
 */
record HostContext(Shared shared, String id, Path folder, RunMode mode, Workloads workloads)
    implements ModuleContext {
  private static final Logger log = LoggerFactory.getLogger(HostContext.class);

  /**
   * What all modules are lent.
   *
   * @param changed tells the host that the module of this id has changed
   */
  record Shared(
      String node,
      InetAddress address,
      Catalogue catalogue,
      People people,
      Optional<ContainerHost> containers,
      ScheduledExecutorService timer,
      InstantSource clock,
      RandomGenerator random,
      Consumer<String> changed) {}

  @Override
  public String node() {
    return shared.node();
  }

  @Override
  public InetAddress address() {
    return shared.address();
  }

  @Override
  public ManagedFolder files(Optional<String> user) {
    return new ManagedFolder(ModuleHost.files(folder), user);
  }

  @Override
  public InstantSource clock() {
    return shared.clock();
  }

  @Override
  public RandomGenerator random() {
    return shared.random();
  }

  @Override
  public Workload process(ProcessSpec spec, Readiness ready) {
    return told(workloads.process(spec, ready));
  }

  @Override
  public Workload container(ContainerRequest request, Readiness ready) {
    ContainerHost host =
        shared
            .containers()
            .orElseThrow(
                () ->
                    new ServiceException(
                        Code.UNAVAILABLE,
                        "This node runs no containers. Set containers.engine, or run: process."));
    return told(workloads.container(host.engine(), host.containers(), request, ready));
  }

  @Override
  public Workload external(Readiness ready) {
    return told(workloads.external(ready));
  }

  private Workload told(Workload workload) {
    workload.onChange(this::changed);
    return workload;
  }

  @Override
  public Catalogue catalogue() {
    return shared.catalogue();
  }

  @Override
  public People people() {
    return shared.people();
  }

  @Override
  public Cancellable every(Duration period, Runnable task) {
    Runnable safe =
        () -> {
          try {
            task.run();
          } catch (RuntimeException e) {
            log.warn("What a module does now and then failed module={}", id, e);
          }
        };
    ScheduledFuture<?> future =
        shared.timer().scheduleWithFixedDelay(safe, 0, period.toMillis(), TimeUnit.MILLISECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public void changed() {
    shared.changed().accept(id);
  }
}
