package community.cloudy.gossip.serf;

import community.cloudy.gossip.serf.Addresses.HostPort;
import community.cloudy.gossip.serf.cluster.Resolver;
import community.cloudy.gossip.serf.transport.Endpoint;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Looks names up on a thread of its own, since the resolver of the system blocks. */
final class HostResolver implements Resolver, AutoCloseable {
  private static final int WAITING = 64;

  private final Executor loop;
  private final int defaultPort;
  private final ThreadPoolExecutor lookups =
      new ThreadPoolExecutor(
          1,
          1,
          10,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          task -> {
            Thread thread = new Thread(task, "serf-resolver");
            thread.setDaemon(true);
            return thread;
          });

  HostResolver(Executor loop, int defaultPort) {
    this.loop = loop;
    this.defaultPort = defaultPort;
    lookups.allowCoreThreadTimeOut(true);
  }

  @Override
  public void resolve(String address, Consumer<Resolution> done) {
    HostPort target;
    try {
      target = Addresses.parse(address.substring(address.indexOf('/') + 1), defaultPort);
    } catch (SerfException e) {
      loop.execute(() -> done.accept(failed(e)));
      return;
    }
    if (Addresses.isLiteral(target.host())) {
      Resolution found = lookUp(target);
      loop.execute(() -> done.accept(found));
      return;
    }
    try {
      lookups.execute(
          () -> {
            Resolution found = lookUp(target);
            loop.execute(() -> done.accept(found));
          });
    } catch (RejectedExecutionException e) {
      loop.execute(() -> done.accept(failed(e)));
    }
  }

  private static Resolution failed(Exception reason) {
    return new Resolution(List.of(), Optional.of(String.valueOf(reason.getMessage())));
  }

  private static Resolution lookUp(HostPort target) {
    try {
      List<Endpoint> endpoints =
          Stream.of(InetAddress.getAllByName(target.host()))
              .map(address -> Addresses.endpoint(address, target.port()))
              .toList();
      return new Resolution(endpoints, Optional.empty());
    } catch (UnknownHostException e) {
      return new Resolution(
          List.of(), Optional.of("the name " + target.host() + " does not resolve"));
    }
  }

  @Override
  public void close() {
    lookups.shutdownNow();
  }
}
