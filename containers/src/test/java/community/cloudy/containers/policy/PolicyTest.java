package community.cloudy.containers.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicyTest {
  private static final Policy POLICY =
      new Policy(Settings.of(Settings.LIMITS, "10.1.2.3", Path.of("/var/run/docker.sock")));

  private static Scope scope(String... grants) {
    Exceptions exceptions = Exceptions.NONE;
    for (String grant : grants) {
      exceptions = exceptions.with(Grant.parse(grant), "ana", Instant.EPOCH);
    }
    Path folder = Path.of("/srv/stacks/s");
    return new Scope("s", Optional.of(folder), exceptions, Set.of(), UnaryOperator.identity());
  }

  private static Policy.Judgement judge(String yaml, String... grants) {
    return POLICY.judge(YamlReader.read("test", yaml), Source.NONE, scope(grants));
  }

  private static Policy.Judgement service(String keys, String... grants) {
    return judge("services: {a: {image: x, " + keys + "}}", grants);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpus: all",
        "uts: host",
        "cgroup: host",
        "use_api_socket: true",
        "provider: {type: awesomecloud}",
        "post_start: [{command: x, privileged: true}]",
        "develop: {watch: [{path: /etc, action: sync, target: /x}]}",
        "models: [m]",
        "env_file: [{path: /etc/shadow}]",
        "label_file: /etc/shadow",
        "volumes_from: ['container:other']",
        "devices: [{source: /dev/sda, target: /dev/sda}]",
        "network_mode: 'service:other'",
        "pid: 'service:other'",
        "volumes: [{type: image, source: x, target: /x}]",
        "volumes: [{type: bind, source: /etc, target: /x, bind: {recursive: enabled}}]",
        "volumes: ['/srv/stacks/s/../other:/x']",
        "volumes: ['/srv/stacks/s2:/x']",
        "build: {context: /srv/stacks/s, additional_contexts: {a: /etc}}",
        "build: {context: /srv/stacks/s, ssh: [default]}",
        "build: {context: /srv/stacks/s, privileged: true}",
        "build: {context: /srv/stacks/s, dockerfile_inline: FROM x}",
        "networks: {n: {driver_opts: {a: b}}}",
        "healthcheck: {test: x, evil: 1}",
        "privileged: yes",
        "new_key_of_tomorrow: 1",
      })
  void refusesWhatItDoesNotKnow(String keys) {
    assertThat(service(keys).refusals()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "privileged: true | privileged",
        "devices: ['/dev/ttyUSB0:/dev/ttyUSB0'] | device:/dev/ttyUSB0",
        "volumes: ['/srv/media/films:/f:ro'] | bind:/srv/media",
        "cap_add: [NET_ADMIN] | cap:NET_ADMIN",
        "network_mode: host | host:network",
        "pid: host | host:pid",
        "security_opt: ['seccomp:unconfined'] | security:seccomp:unconfined",
        "sysctls: {kernel.msgmax: 1} | sysctl:kernel.msgmax",
        "mem_limit: 20g | memory:20g",
        "ports: ['192.168.1.2:80:80'] | address:192.168.1.2",
      })
  void allowsWhatAnAdminGrantedAndNoMore(String keys, String grant) {
    assertThat(service(keys).refusals()).isNotEmpty();
    assertThat(service(keys, grant).refusals()).isEmpty();
  }

  @Test
  void aGrantedFolderDoesNotGrantTheEngine() {
    String socket = "volumes: ['/var/run/docker.sock:/s']";

    assertThat(service(socket, "bind:/var/run").refusals()).hasSize(1);
    assertThat(service(socket, "bind:/var/run", "engine-socket").refusals()).isEmpty();
    assertThat(service("volumes: ['/:/host']", "bind:/").refusals()).hasSize(1);
  }

  @Test
  void theRefusalSaysTheExceptionToAskFor() {
    assertThat(service("privileged: true").refusals().get(0).toString())
        .isEqualTo(
            "services.a.privileged gives the container the whole machine."
                + " Take it out, or ask an admin for the exception privileged.");
  }

  @Test
  void addsLimitsRotationAndTheNodesAddress() {
    String run = YamlWriter.write(service("ports: ['8080:80', '127.0.0.1:1:1/udp']").allowed());

    assertThat(run)
        .contains("\"mem_limit\": 536870912", "\"memswap_limit\": 536870912", "\"cpus\": 1.000")
        .contains("\"pids_limit\": 256", "\"max-size\": \"10m\"", "\"max-file\": \"3\"")
        .contains("\"10.1.2.3:8080:80/tcp\"", "\"127.0.0.1:1:1/udp\"")
        .contains("- \"no-new-privileges:true\"");
  }

  @Test
  void whatItAllowedItAllowsAgain() {
    Policy.Judgement first =
        service(
            "ports: [{target: 80, published: '8080', host_ip: '::', mode: ingress}], "
                + "entrypoint: [sh], deploy: {replicas: 2, resources: {limits: {memory: 64m}}}");

    Policy.Judgement second =
        POLICY.judge(
            YamlReader.read("run", YamlWriter.write(first.allowed())), Source.NONE, scope());

    assertThat(YamlWriter.write(second.allowed())).isEqualTo(YamlWriter.write(first.allowed()));
    assertThat(YamlWriter.write(first.allowed()))
        .contains("\"scale\": 2", "\"mem_limit\": \"64m\"", "\"init\": true");
  }

  @Test
  void putsNoInitBeforeAnInit() {
    assertThat(YamlWriter.write(service("entrypoint: /init").allowed())).doesNotContain("\"init\"");
    assertThat(YamlWriter.write(service("command: sh").allowed())).doesNotContain("\"init\"");
  }

  @Test
  void refusesABindBeneathAWritableOneOfAnotherService() {
    String both =
        "services: {a: {image: x, volumes: ['/srv/stacks/s/d:/d']}, "
            + "b: {image: x, volumes: ['/srv/stacks/s/d/e:/e%s']}}";

    assertThat(judge(both.formatted("")).refusals()).hasSize(1);
    assertThat(judge(both.formatted(":ro")).refusals()).hasSize(1);
    assertThat(judge(both.replace("/d:/d", "/d:/d:ro").formatted("")).refusals()).isEmpty();
  }

  @Test
  void exceptionsSurviveTheirFile() {
    Exceptions exceptions =
        Exceptions.NONE
            .with(Grant.parse("privileged"), "ana", Instant.parse("2026-01-02T03:04:05Z"))
            .with(Grant.parse("bind:/srv/media"), "jo", Instant.EPOCH);

    assertThat(Exceptions.parse(exceptions.format())).isEqualTo(exceptions);
    assertThat(exceptions.format()).contains("2026-01-02T03:04:05Z ana privileged\n");
  }
}
