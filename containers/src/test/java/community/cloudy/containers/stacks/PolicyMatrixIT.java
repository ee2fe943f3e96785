package community.cloudy.containers.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.containers.policy.Exceptions;
import community.cloudy.containers.policy.PolicyException;
import community.cloudy.containers.policy.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every dangerous key, in every way Compose knows to write it, resolved by the real Compose. */
final class PolicyMatrixIT {
  /** What a service must not say: its key and the YAML after it; VALUE becomes a variable once. */
  private static final List<List<String>> DANGERS =
      List.of(
          List.of("privileged", "true"),
          List.of("network_mode", "host"),
          List.of("network_mode", "container:other"),
          List.of("pid", "host"),
          List.of("pid", "container:other"),
          List.of("ipc", "host"),
          List.of("userns_mode", "host"),
          List.of("cap_add", "[SYS_ADMIN]"),
          List.of("cap_add", "[ALL]"),
          List.of("devices", "[\"/dev/sda:/dev/sda\"]"),
          List.of("device_cgroup_rules", "[\"c 1:* rwm\"]"),
          List.of("volumes", "[\"/etc:/etc\"]"),
          List.of("volumes", "[\"/etc:/etc:ro\"]"),
          List.of("volumes", "[\"../other:/other\"]"),
          List.of("volumes", "[\"~/x:/x\"]"),
          List.of("volumes", "[\"./link:/link\"]"),
          List.of("volumes", "[\"./link/sub:/link\"]"),
          List.of("volumes", "[\"/var/run/docker.sock:/var/run/docker.sock\"]"),
          List.of("volumes", "[\"/run:/run\"]"),
          List.of("volumes", "[{type: bind, source: /etc, target: /x}]"),
          List.of(
              "volumes", "[{type: bind, source: ./a, target: /x, bind: {propagation: shared}}]"),
          List.of("volumes", "[\"./outer:/o\", \"./outer/inner:/i\"]"),
          List.of("volumes", "[\"./a:/a:shared\"]"),
          List.of("tmpfs", "[\"/x:suid\"]"),
          List.of("security_opt", "[\"seccomp:unconfined\"]"),
          List.of("security_opt", "[\"apparmor:unconfined\"]"),
          List.of("security_opt", "[\"no-new-privileges:false\"]"),
          List.of("sysctls", "[\"kernel.msgmax=1\"]"),
          List.of("ulimits", "{rtprio: 99}"),
          List.of("ulimits", "{nofile: 99999999}"),
          List.of("runtime", "nvidia"),
          List.of("cgroup_parent", "/system.slice"),
          List.of("external_links", "[other]"),
          List.of("logging", "{driver: syslog}"),
          List.of("logging", "{driver: json-file, options: {max-size: 100g}}"),
          List.of("labels", "[\"com.docker.compose.project=other\"]"),
          List.of("labels", "[\"cloudy.secret=1\"]"),
          List.of("ports", "[\"192.168.7.7:80:80\"]"),
          List.of("oom_kill_disable", "true"),
          List.of("oom_score_adj", "-900"),
          List.of("mem_limit", "900g"),
          List.of("memswap_limit", "900g"),
          List.of("pids_limit", "-1"),
          List.of("credential_spec", "{file: my.json}"),
          List.of("isolation", "hyperv"),
          List.of("storage_opt", "{size: 1G}"),
          List.of("blkio_config", "{device_read_bps: [{path: /dev/sda, rate: 1mb}]}"),
          List.of("build", "{context: ../other}"),
          List.of("build", "{context: /etc}"),
          List.of("build", "\"https://example.org/x.git\""),
          List.of("build", "{context: ., network: host}"),
          List.of("build", "{context: ., dockerfile: /etc/passwd}"),
          List.of("build", "{context: ., dockerfile: link/passwd}"),
          List.of("deploy", "{resources: {reservations: {devices: [{capabilities: [gpu]}]}}}"));

  @TempDir Path root;
  private RealCompose compose;

  /** A way to say it. */
  enum Way {
    DIRECT,
    EXTENDS,
    ANCHOR,
    MERGE_KEY,
    SUBSTITUTION
  }

  @BeforeEach
  void folderWithALinkOut() throws IOException {
    compose = RealCompose.in(root);
    Files.createDirectories(compose.folder());
    Files.createDirectories(root.resolve("other"));
    Files.createSymbolicLink(compose.folder().resolve("link"), Path.of("/etc"));
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void refusesEveryDangerousKey(Way way) throws IOException {
    StringBuilder anchors = new StringBuilder();
    StringBuilder bases = new StringBuilder("version: '2.4'\nservices:\n");
    StringBuilder services = new StringBuilder("services:\n");
    StringBuilder variables = new StringBuilder("UNUSED=1\n");
    for (int i = 0; i < DANGERS.size(); i++) {
      String key = DANGERS.get(i).get(0);
      String value = DANGERS.get(i).get(1);
      services.append("  s").append(i).append(":\n");
      if (way != Way.EXTENDS) {
        services.append("    image: x\n");
      }
      switch (way) {
        case DIRECT -> services.append("    %s: %s%n".formatted(key, value));
        case EXTENDS -> {
          bases.append("  b%d:%n    image: x%n    %s: %s%n".formatted(i, key, value));
          services.append("    extends: {file: base.yaml, service: b%d}%n".formatted(i));
        }
        case ANCHOR -> {
          anchors.append("x-v%d: &v%d %s%n".formatted(i, i, value));
          services.append("    %s: *v%d%n".formatted(key, i));
        }
        case MERGE_KEY -> {
          anchors.append("x-m%d: &m%d%n  %s: %s%n".formatted(i, i, key, value));
          services.append("    <<: *m%d%n".formatted(i));
        }
        case SUBSTITUTION -> substituted(i, key, value, services, variables);
      }
    }
    String text = "version: '2.4'\n" + anchors.toString() + services;

    List<Refusal> refusals = judged(text, bases.toString(), variables.toString()).refusals();

    for (int i = 0; i < DANGERS.size(); i++) {
      String prefix = "services.s" + i + "." + DANGERS.get(i).get(0);
      assertThat(refusals)
          .as(way + " of " + DANGERS.get(i))
          .anyMatch(r -> r.key().equals(prefix) || r.key().startsWith(prefix + "."));
    }
  }

  /** Puts each word that stands between quotes or brackets into a variable. */
  private static void substituted(
      int i, String key, String value, StringBuilder services, StringBuilder variables) {
    java.util.regex.Matcher words =
        java.util.regex.Pattern.compile(
                "\"[^\"]+\"|(?<=[:\\[] ?)[A-Za-z0-9./-]+(?=[\\]},]|$)|^[^\\[{\"]+$")
            .matcher(value);
    StringBuilder result = new StringBuilder();
    int word = 0;
    while (words.find()) {
      String name = "V" + i + "_" + word++;
      variables.append(name).append('=').append(words.group().replace("\"", "")).append('\n');
      words.appendReplacement(result, "\"\\${" + name + "}\"");
    }
    words.appendTail(result);
    services.append("    %s: %s%n".formatted(key, result));
  }

  private Resolver.Resolved judged(String text, String base, String env) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("compose.yaml", text);
    files.put("base.yaml", base.endsWith("services:\n") ? base + "  b: {image: x}\n" : base);
    files.put(".env", env);
    return compose.resolve(Exceptions.NONE, files);
  }

  private List<Refusal> refusals(String text) throws IOException {
    return judged(text, "services: {b: {image: x}}\n", "A=1\n").refusals();
  }

  @Test
  void refusesVolumesThatAreBinds() throws IOException {
    List<Refusal> refusals =
        refusals(
            """
            version: '3.8'
            services: {a: {image: x, volumes: ["v1:/a", "v2:/b", "v3:/c", "v4:/d", "v5:/e"]}}
            volumes:
              v1: {driver_opts: {type: none, o: bind, device: /etc}}
              v2: {driver_opts: {type: nfs, o: "addr=10.0.0.1", device: ":/"}}
              v3: {external: true}
              v4: {name: other_data}
              v5: {driver: evil}
            """);

    assertThat(refusals)
        .extracting(Refusal::key)
        .contains(
            "volumes.v1.driver_opts.device",
            "volumes.v2.driver_opts.type",
            "volumes.v3.external",
            "volumes.v5.driver")
        .anyMatch(key -> key.startsWith("volumes.v4"));
  }

  @Test
  void refusesNetworksThatAreNotTheStacksOwn() throws IOException {
    List<Refusal> refusals =
        refusals(
            """
            version: '3.8'
            services: {a: {image: x, networks: [n1, n2, n3, n4, n5]}}
            networks:
              n1: {driver: macvlan}
              n2: {external: true}
              n3: {name: host}
              n4: {driver_opts: {com.docker.network.bridge.name: br-lan}}
              n5: {ipam: {config: [{subnet: 10.1.0.0/16}]}}
            """);

    assertThat(refusals)
        .extracting(Refusal::key)
        .contains(
            "networks.n1.driver",
            "networks.n2.external",
            "networks.n4.driver_opts.com.docker.network.bridge.name",
            "networks.n5.ipam.config.0.subnet")
        .anyMatch(key -> key.startsWith("networks.n3"));
  }

  @Test
  void refusesSecretsAndConfigsElsewhere() throws IOException {
    List<Refusal> refusals =
        refusals(
            """
            version: '3.8'
            services: {a: {image: x, secrets: [s1, s2], configs: [c1]}}
            secrets: {s1: {file: /etc/shadow}, s2: {file: ./link/shadow}}
            configs: {c1: {file: ../x}}
            """);

    assertThat(refusals)
        .extracting(Refusal::key)
        .containsExactlyInAnyOrder("secrets.s1.file", "secrets.s2.file", "configs.c1.file");
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(
      strings = {
        "services: {a: {image: x, env_file: /etc/shadow}}",
        "services: {a: {image: x, env_file: [a.env, ../x]}}",
        "services: {a: {image: x, env_file: \"${A}\"}}",
        "services: {a: {image: x, env_file: [{path: /etc/shadow}]}}",
        "x-a: &a {env_file: /etc/shadow}\nservices: {a: {<<: *a, image: x}}",
        "services: {a: {image: x, \"env_\\x66ile\": /etc/shadow}}",
        "services: {a: {extends: {file: /etc/x.yaml, service: b}}}",
        "services: {a: {extends: {file: ../x.yaml, service: b}}}",
        "services: {a: {extends: {file: \"https://example.org/x.yaml\", service: b}}}",
        "include: [base.yaml]\nservices: {a: {image: x}}",
        "services: {a: {image: x, label_file: /etc/shadow}}",
        "services: {a: {image: x}} #\u2028\nx: 1",
      })
  void readsNoFileElsewhereWhileItResolves(String text) {
    assertThatThrownBy(() -> refusals(text)).isInstanceOf(PolicyException.class);
  }

  @Test
  void readsNoLinkOutOfTheFolder() throws IOException {
    Files.createSymbolicLink(compose.folder().resolve("a.env"), Path.of("/etc/hostname"));

    assertThatThrownBy(() -> refusals("services: {a: {image: x, env_file: a.env}}"))
        .hasMessageContaining("Could not read a.env");
    assertThatThrownBy(() -> refusals("services: {a: {image: x, env_file: link/hostname}}"))
        .hasMessageContaining("Could not read link/hostname");
  }

  @Test
  void showsNothingOfTheAgentsEnvironment() throws IOException {
    Resolver.Resolved resolved =
        judged(
            "services: {a: {image: x, environment: {A: \"${JAVA_HOME}${USER}${SECRET}\", TERM: }}}",
            "services: {b: {image: x}}\n",
            "B=1\n");

    assertThat(resolved.text()).contains("\"A\": \"\"").doesNotContain("TERM");
  }

  @Test
  void whatIsWrittenIsNotSubstitutedAgain() throws IOException {
    String text = "services: {a: {image: x, command: [\"$${A}\", \"$$$$B\"]}}";

    String run = judged(text, "services: {b: {image: x}}\n", "A=bad\n").text();

    assertThat(run).contains("\"$${A}\"").contains("\"$$$$B\"").doesNotContain("bad");
  }

  @Test
  void saysTheLineInThePersonsFile() throws IOException {
    String text =
        """
        version: '2.4'
        x-base: &base
          privileged: true
        services:
          a:
            image: x
            network_mode: host
          b:
            <<: *base
            image: x
          c:
            extends: {file: base.yaml, service: b}
            volumes:
              - ./data:/data
              - /etc:/etc
        """;
    String base = "version: '2.4'\nservices:\n  b:\n    image: x\n    pid: host\n";

    assertThat(judged(text, base, "A=1\n").refusals())
        .extracting(r -> r.key() + " " + r.file() + " " + r.line())
        .contains(
            "services.a.network_mode compose.yaml 7",
            "services.b.privileged compose.yaml 3",
            "services.c.pid base.yaml 5",
            "services.c.volumes.1 compose.yaml 15");
  }
}
