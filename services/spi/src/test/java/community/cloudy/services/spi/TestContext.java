package community.cloudy.services.spi;

import community.cloudy.containers.engine.ContainerRequest;
import community.cloudy.services.spi.ServiceException.Code;
import community.cloudy.services.spi.render.ManagedFolder;
import community.cloudy.services.spi.workload.Times;
import community.cloudy.services.spi.workload.Workloads;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** A context with real workloads, looked at often; what the community is, the test says. */
public final class TestContext implements ModuleContext, AutoCloseable {
  private static final Times OFTEN =
      new Times(
          Duration.ofMillis(200),
          Duration.ofMillis(50),
          Duration.ofMillis(200),
          Duration.ofSeconds(5));

  private final String node;
  private final Path folder;
  private final RunMode mode;
  private final Workloads workloads;
  private final TestCatalogue catalogue;
  private final TestPeople people = new TestPeople();
  private final RandomGenerator random = new Random(7);
  private final List<Workload> made = new CopyOnWriteArrayList<>();
  private final AtomicInteger changes = new AtomicInteger();
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);

  /** Makes the context of the module {@code id} on a node of that name. */
  public TestContext(String node, String id, Path folder, RunMode mode, TestCatalogue catalogue) {
    this.node = node;
    this.folder = folder;
    this.mode = mode;
    this.catalogue = catalogue;
    workloads = new Workloads(id, folder.resolve("run"), OFTEN, InstantSource.system());
  }

  /** Makes the context of a module that runs processes, alone in the community. */
  public TestContext(String id, Path folder) {
    this("attic", id, folder, RunMode.PROCESS, new TestCatalogue());
  }

  @Override
  public String node() {
    return node;
  }

  @Override
  public InetAddress address() {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public ManagedFolder files(Optional<String> user) {
    return new ManagedFolder(folder.resolve("config"), user);
  }

  @Override
  public RunMode mode() {
    return mode;
  }

  @Override
  public InstantSource clock() {
    return workloads.clock();
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public Workload process(ProcessSpec spec, Readiness ready) {
    return kept(workloads.process(spec, ready));
  }

  @Override
  public Workload container(ContainerRequest request, Readiness ready) {
    throw new ServiceException(Code.UNAVAILABLE, "This test has no engine.");
  }

  @Override
  public Workload external(Readiness ready) {
    return kept(workloads.external(ready));
  }

  private Workload kept(Workload workload) {
    made.add(workload);
    return workload;
  }

  @Override
  public TestCatalogue catalogue() {
    return catalogue;
  }

  @Override
  public TestPeople people() {
    return people;
  }

  @Override
  public Cancellable every(Duration period, Runnable task) {
    long millis = Math.min(period.toMillis(), 200);
    ScheduledFuture<?> future =
        timer.scheduleWithFixedDelay(task, 0, millis, TimeUnit.MILLISECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public void changed() {
    changes.incrementAndGet();
  }

  /** Returns how often the module said that its status has changed. */
  public int changes() {
    return changes.get();
  }

  /** Ends every process that was made here, also those that were to run on. */
  @Override
  public void close() {
    timer.shutdownNow();
    made.forEach(Workload::close);
    workloads.endAll();
  }
}
