package community.cloudy.agent.community;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two network namespaces, a stock agent and a Cloudy node in each, and a link that is cut. */
final class PartitionIT {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final String ONE = "cloudy-it-" + ProcessHandle.current().pid() + "a";
  private static final String TWO = "cloudy-it-" + ProcessHandle.current().pid() + "b";

  @TempDir private Path folder;
  private Site site;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(Files.isExecutable(Site.STOCK), "needs the stock serf binary at " + Site.STOCK);
    assumeTrue(ip("netns", "add", ONE) == 0, "needs the right to make network namespaces");
    site = new Site(folder);
    ip("netns", "add", TWO);
    ip("link", "add", "v0", "netns", ONE, "type", "veth", "peer", "name", "v0", "netns", TWO);
    for (String space : List.of(ONE, TWO)) {
      int host = space.equals(ONE) ? 1 : 11;
      ip("-n", space, "link", "set", "lo", "up");
      ip("-n", space, "addr", "add", "10.99.0." + host + "/24", "dev", "v0");
      ip("-n", space, "addr", "add", "10.99.0." + (host + 1) + "/24", "dev", "v0");
      ip("-n", space, "link", "set", "v0", "up");
    }
  }

  @AfterEach
  void close() throws Exception {
    if (site != null) {
      site.close();
    }
    ip("netns", "del", ONE);
    ip("netns", "del", TWO);
  }

  private static int run(List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private static int ip(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    return run(command);
  }

  private static void cut(String verb) throws Exception {
    for (String space : List.of(ONE, TWO)) {
      assertThat(
              run(
                  List.of(
                      "ip",
                      "netns",
                      "exec",
                      space,
                      "iptables",
                      verb,
                      "INPUT",
                      "-i",
                      "v0",
                      "-j",
                      "DROP")))
          .isZero();
    }
  }

  private static List<String> within(String space) {
    return List.of("ip", "netns", "exec", space);
  }

  private static void awaitView(List<? extends Site.Agent> observers, Map<String, String> view) {
    for (Site.Agent observer : observers) {
      await(observer.name() + " sees " + view)
          .atMost(SOON)
          .pollInterval(Duration.ofMillis(300))
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(observer.members()).isEqualTo(view));
    }
  }

  @Test
  void heals() throws Exception {
    String join = "join: [10.99.0.1:7946]";
    Site.Stock s1 = site.new Stock("s1", "10.99.0.1", within(ONE), List.of());
    Site.Cloudy c1 = site.new Cloudy("c1", "10.99.0.2", within(ONE), join);
    Site.Stock s2 =
        site.new Stock("s2", "10.99.0.11", within(TWO), List.of("-retry-join=10.99.0.1:7946"));
    Site.Cloudy c2 = site.new Cloudy("c2", "10.99.0.12", within(TWO), join);
    List<Site.Agent> all = List.of(s1, c1, s2, c2);
    for (Site.Agent agent : all) {
      agent.start();
    }
    Map<String, String> whole = new TreeMap<>();
    whole.put("s1", "alive {role=stock}");
    whole.put("s2", "alive {role=stock}");
    whole.put("c1", "alive {role=cloudy}");
    whole.put("c2", "alive {role=cloudy}");
    awaitView(all, whole);

    cut("-A");
    Map<String, String> half = new TreeMap<>(whole);
    half.put("s2", "failed {role=stock}");
    half.put("c2", "failed {role=cloudy}");
    awaitView(List.of(s1, c1), half);

    cut("-D");
    awaitView(all, whole);
  }
}
