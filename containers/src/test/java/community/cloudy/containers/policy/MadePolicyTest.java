package community.cloudy.containers.policy;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.containers.engine.ContainerRequest;
import community.cloudy.containers.engine.Limits;
import community.cloudy.containers.engine.Mount;
import community.cloudy.containers.engine.Mount.Kind;
import community.cloudy.containers.engine.Privileges;
import community.cloudy.containers.engine.Protocol;
import community.cloudy.containers.engine.PublishedPort;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is asked of the engine, and what it says it made. */
final class MadePolicyTest {
  private static final Settings SETTINGS =
      Settings.of(Settings.LIMITS, "10.1.2.3", Path.of("/var/run/docker.sock"));
  private static final Policy POLICY = new Policy(SETTINGS);

  private static Scope scope(String... grants) {
    Exceptions exceptions = Exceptions.NONE;
    for (String grant : grants) {
      exceptions = exceptions.with(Grant.parse(grant), "ana", Instant.EPOCH);
    }
    return new Scope("web", Optional.empty(), exceptions, Set.of("own"), UnaryOperator.identity());
  }

  private static ContainerRequest.Builder request() {
    return ContainerRequest.of("nginx").with().name("web");
  }

  private static Privileges with(String key, Object value) {
    return new Privileges(
        key.equals("privileged"),
        key.equals("cap") ? List.of(value.toString()) : List.of(),
        List.of(),
        key.equals("device") ? List.of(value.toString()) : List.of(),
        key.equals("security") ? List.of(value.toString()) : List.of(),
        key.startsWith("ns:") ? Map.of(key.substring(3), value.toString()) : Map.of(),
        List.of(),
        key.equals("sysctl") ? Map.of(value.toString(), "1") : Map.of(),
        key.equals("volumesFrom") ? List.of(value.toString()) : List.of(),
        key.equals("cgroupParent") ? value.toString() : "",
        key.equals("runtime") ? value.toString() : "");
  }

  private static Mount mount(Kind kind, String source) {
    return new Mount(kind, source, "/x", false, Map.of());
  }

  static List<ContainerRequest> dangers() {
    return List.of(
        request().privileges(with("privileged", "")).build(),
        request().privileges(with("cap", "SYS_ADMIN")).build(),
        request().privileges(with("device", "/dev/sda")).build(),
        request().privileges(with("security", "seccomp=unconfined")).build(),
        request().privileges(with("ns:pid", "host")).build(),
        request().privileges(with("ns:ipc", "host")).build(),
        request().privileges(with("ns:uts", "host")).build(),
        request().privileges(with("ns:user", "host")).build(),
        request().privileges(with("ns:cgroup", "host")).build(),
        request().privileges(with("ns:pid", "container:other")).build(),
        request().privileges(with("ns:tomorrow", "host")).build(),
        request().privileges(with("sysctl", "kernel.msgmax")).build(),
        request().privileges(with("volumesFrom", "other")).build(),
        request().privileges(with("cgroupParent", "/system.slice")).build(),
        request().privileges(with("runtime", "nvidia")).build(),
        request().network("host").build(),
        request().network("container:other").build(),
        request().network("other_default").build(),
        request().mounts(List.of(mount(Kind.BIND, "/etc"))).build(),
        request().mounts(List.of(mount(Kind.BIND, "/var/run/docker.sock"))).build(),
        request().mounts(List.of(mount(Kind.VOLUME, "other_data"))).build(),
        request()
            .mounts(
                List.of(
                    new Mount(
                        Kind.VOLUME,
                        "web_x",
                        "/x",
                        false,
                        Map.of("type", "none", "o", "bind", "device", "/etc"))))
            .build(),
        request().ports(List.of(new PublishedPort("192.168.9.9", 1, 1, Protocol.TCP))).build(),
        request().labels(Map.of("com.docker.compose.project", "other")).build(),
        request().limits(new Limits(1L << 50, 0, 0)).build(),
        request().log(Map.of("max-size", "100g")).build());
  }

  @ParameterizedTest
  @MethodSource("dangers")
  void refusesWhatLeadsOutOfTheBox(ContainerRequest request) {
    assertThat(POLICY.judge(request, scope()).refusals()).isNotEmpty();
  }

  @Test
  void anOrdinaryContainerGetsTheDefaults() {
    ContainerRequest asked =
        request()
            .ports(List.of(new PublishedPort("", 80, 80, Protocol.TCP)))
            .mounts(List.of(mount(Kind.VOLUME, "web_data"), mount(Kind.VOLUME, "")))
            .build();

    ContainerRequest allowed = POLICY.judge(asked, scope()).allowed();

    assertThat(allowed.limits()).isEqualTo(Settings.LIMITS);
    assertThat(allowed.ports().get(0).address()).isEqualTo("10.1.2.3");
    assertThat(allowed.log()).containsEntry("max-size", "10m").containsEntry("max-file", "3");
    assertThat(allowed.privileges().securityOptions()).containsExactly("no-new-privileges");
  }

  @Test
  void refusesWordsOfTheEngineItDoesNotKnow() {
    Map<String, Object> host = new LinkedHashMap<>();
    host.put("Memory", 1L << 28);
    host.put("MaskedPaths", List.of());
    host.put("DeviceRequests", List.of(Map.of("Driver", "nvidia")));
    host.put("BlkioDeviceReadBps", List.of());
    host.put("PublishAllPorts", true);
    host.put("OomKillDisable", false);
    host.put("NetworkMode", "container:own");
    host.put("PidMode", "container:foreign");
    host.put("PortBindings", Map.of("80/tcp", List.of(Map.of("HostIp", "", "HostPort", "80"))));
    host.put("Mounts", List.of(Map.of("BindOptions", Map.of("Propagation", "rshared"))));

    assertThat(judged(host))
        .containsExactlyInAnyOrder(
            "MaskedPaths",
            "DeviceRequests",
            "PublishAllPorts",
            "PidMode",
            "PortBindings.80/tcp",
            "Mounts.0");
  }

  private static List<String> judged(Map<String, Object> host) {
    Findings findings = new Findings(Source.NONE, Exceptions.NONE);
    new HostRules(new Judging(SETTINGS, scope(), findings)).judge(host);
    return findings.refusals().stream().map(Refusal::key).toList();
  }
}
