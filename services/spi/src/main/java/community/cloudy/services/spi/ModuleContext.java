package community.cloudy.services.spi;

import community.cloudy.containers.engine.ContainerRequest;
import community.cloudy.services.spi.render.ManagedFolder;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What the node lends to a module. May be used from any thread. */
public interface ModuleContext {
  /** Returns the node's name. */
  String node();

  /** Returns the address at which the community reaches this node. */
  InetAddress address();

  /** Returns a folder of the module's own, kept over restarts, which nobody else can read. */
  Path folder();

  /**
   * Returns the files of what it manages, in its folder; people see their versions by the API.
   *
   * @param user whose group may read them; empty for the agent alone
   */
  ManagedFolder files(Optional<String> user);

  /** Returns how a person wants it to run: one of the module's modes. */
  RunMode mode();

  /** Returns the time of day. */
  InstantSource clock();

  /** Returns chance that cannot be foreseen; safe for many threads. */
  RandomGenerator random();

  /**
   * Makes a process to supervise; it runs once {@link Workload#start} is called, and if it ran
   * before this agent began, it goes on then.
   *
   * @param ready proves that it works
   */
  Workload process(ProcessSpec spec, Readiness ready);

  /**
   * Makes a container to look after, under the node's policy.
   *
   * @throws ServiceException if this node runs no containers
   */
  Workload container(ContainerRequest request, Readiness ready);

  /** Attaches to something that runs by itself. */
  Workload external(Readiness ready);

  /** Returns what the community offers. */
  Catalogue catalogue();

  /** Returns who may log in. */
  People people();

  /**
   * Does something now and then, never twice at once, on a thread that others share.
   *
   * @param task short, or of a few seconds; what it throws is logged
   * @return ends it
   */
  Cancellable every(Duration period, Runnable task);

  /**
   * Says that {@link ServiceInstance#status}, or what the module's resources answer, is other than
   * before: the node looks at once, and pages that show it read it again, at most every few
   * seconds. Not to be called because somebody asks, or they would ask for ever.
   */
  void changed();

  /** Something that can be ended; returns once it will not run again. */
  interface Cancellable extends AutoCloseable {
    @Override
    void close();
  }
}
