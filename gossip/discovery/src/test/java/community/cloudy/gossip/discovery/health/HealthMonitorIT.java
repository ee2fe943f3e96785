package community.cloudy.gossip.discovery.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import community.cloudy.gossip.discovery.Health.State;
import community.cloudy.gossip.serf.transport.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** The monitor with its real threads, real time and a real server that goes away. */
final class HealthMonitorIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final CheckPlan PLAN =
      new CheckPlan(new Check.Tcp(), Duration.ofSeconds(1), Duration.ofSeconds(1), 2, 1);

  private final Map<String, State> states = new ConcurrentHashMap<>();
  private final Map<String, String> threads = new ConcurrentHashMap<>();

  @Test
  void seesAServerGo() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    try (EventLoop loop = EventLoop.start("owner")) {
      HealthMonitor monitor =
          new HealthMonitor(
              loop,
              new Random(1),
              (check, target, timeout) -> {
                Thread thread = Thread.currentThread();
                threads.put(thread.getName(), thread.isDaemon() ? "daemon" : "user");
                return new Probe(new Random(1)).probe(check, target, timeout);
              },
              (id, health) -> {
                assertThat(loop.inLoop()).isTrue();
                states.put(id, health.state());
              });
      Target target = new Target("127.0.0.1", server.getAddress().getPort());
      loop.execute(
          () -> {
            for (int i = 0; i < 20; i++) {
              monitor.start("s" + i, target, PLAN);
            }
          });
      awaitAll(State.OK);
      server.stop(0);
      awaitAll(State.FAILING);
      loop.execute(monitor::close);
      assertThat(threads.keySet()).isSubsetOf("probe-1", "probe-2", "probe-3", "probe-4");
      assertThat(threads.values()).containsOnly("daemon");
    }
  }

  private void awaitAll(State state) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(states.values()).hasSize(20).containsOnly(state));
  }
}
