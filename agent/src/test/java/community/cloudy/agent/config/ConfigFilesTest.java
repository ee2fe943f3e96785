package community.cloudy.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.auth.Role;
import community.cloudy.auth.Roles;
import community.cloudy.auth.Secret;
import community.cloudy.auth.Sessions;
import community.cloudy.containers.engine.Limits;
import community.cloudy.gossip.serf.Profile;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigFilesTest {
  private static final String FINGERPRINT = "0f".repeat(32);
  private static final AuthConfig AUTH =
      new AuthConfig(
          Optional.empty(),
          Optional.empty(),
          new Roles(
              Map.of(Role.ADMIN, Set.of(), Role.OPERATOR, Set.of(), Role.VIEWER, Set.of("*"))),
          new Sessions.Limits(Duration.ofMinutes(30), Duration.ofHours(12), 10, 1000),
          true);

  @TempDir private Path folder;

  private AgentConfig load(String yaml, String... overrides) throws IOException {
    Path file = folder.resolve("cloudy.yaml");
    Files.writeString(file, yaml);
    return new ConfigFiles(Optional.of(file), List.of(overrides)).load();
  }

  private List<String> problems(String yaml, String... overrides) throws IOException {
    try {
      load(yaml, overrides);
      return List.of();
    } catch (ConfigException e) {
      return e.problems().stream()
          .map(problem -> problem.toString().replace(folder + "/", ""))
          .toList();
    }
  }

  @Test
  void hasADefaultForEveryKey() throws IOException {
    AgentConfig config = load("");

    assertThat(config.node())
        .isEqualTo(
            new NodeConfig(
                Optional.empty(),
                Path.of("/var/lib/cloudy"),
                "",
                Optional.empty(),
                Optional.empty()));
    assertThat(config.gossip())
        .isEqualTo(
            new GossipConfig(
                new HostPort("0.0.0.0", 7946),
                Optional.empty(),
                List.of(),
                Profile.LAN,
                List.of(),
                Optional.empty(),
                Set.of(),
                "",
                true,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                true));
    assertThat(config.discovery())
        .isEqualTo(new DiscoveryConfig(true, true, Set.of(), Duration.ofHours(2)));
    assertThat(config.api())
        .isEqualTo(
            new ApiConfig(
                Optional.of(new HostPort("127.0.0.1", 7000)),
                Optional.of(Path.of("/run/cloudy/cloudy.sock")),
                List.of(),
                List.of(),
                Optional.empty(),
                false,
                false,
                Set.of(address("127.0.0.1"), address("::1"))));
    assertThat(config.auth()).isEqualTo(AUTH);
    assertThat(config.containers())
        .isEqualTo(
            new ContainersConfig(
                Optional.of(Path.of("/var/run/docker.sock")),
                Optional.empty(),
                new Limits(512 << 20, 1000, 256),
                Optional.of(Duration.ofDays(30)),
                new AppsConfig(List.of(), Set.of(), Optional.empty(), 512L << 20, true)));
    assertThat(config.log()).isEqualTo(new LogConfig(LogConfig.LogLevel.INFO));
  }

  private static final String CATALOGUE_KEY =
      "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

  private static java.security.PublicKey publicKey(String base64) {
    try {
      return java.security.KeyFactory.getInstance("Ed25519")
          .generatePublic(
              new java.security.spec.X509EncodedKeySpec(
                  java.util.Base64.getDecoder().decode(base64)));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void mapsEveryKey() throws IOException {
    Files.writeString(folder.resolve("key"), key(32));
    Files.writeString(folder.resolve("rpc"), "letmein\n");
    AgentConfig config =
        load(
            """
            node: {name: attic, data: %1$s/data, community: guifi, latitude: 41.6, longitude: -2.1}
            gossip:
              bind: 127.0.0.1:1
              advertise: "[2001:db8::1]:2"
              join: [10.1.2.3:7946, attic/10.1.2.4]
              profile: mesh
              encrypt_key_file: %1$s/key
              label: north
              compression: false
              rpc: 127.0.0.1:7373
              rpc_auth_file: %1$s/rpc
              tags: {role: proxy, size: 3}
              leave_on_stop: false
            discovery:
              legacy_tag: false
              mdns: false
              trusted_keys: ["%2$s"]
              hide_after: 30m
            api:
              listen: "[::1]:7001"
              socket: %1$s/sock
              hosts: [attic.local]
              operators: [maria]
              tls: {certificate: %1$s/c.pem, key: %1$s/k.pem}
              insecure: true
              from_containers: true
              metrics_from: [10.1.2.3]
            containers:
              engine: unix:///run/docker.sock
              registry_credentials_file: %1$s/registries
              limits: {memory: 256m, cpus: 0.5, pids: 64}
              catalogues: {trusted_keys: [%3$s], allowed_hosts: [10.1.2.3]}
              images: {prune_after: 7d}
              backups: {folder: %1$s/saved, keep_free: 1g, before_update: false}
            log: {level: debug}
            """
                .formatted(folder, FINGERPRINT, CATALOGUE_KEY));

    assertThat(config)
        .isEqualTo(
            new AgentConfig(
                new NodeConfig(
                    Optional.of("attic"),
                    folder.resolve("data"),
                    "guifi",
                    Optional.of(41.6),
                    Optional.of(-2.1)),
                new GossipConfig(
                    new HostPort("127.0.0.1", 1),
                    Optional.of(new HostPort("2001:db8::1", 2)),
                    List.of("10.1.2.3:7946", "attic/10.1.2.4"),
                    Profile.MESH,
                    List.of(new Secret(new byte[32])),
                    Optional.empty(),
                    Set.of(folder.resolve("key"), folder.resolve("rpc")),
                    "north",
                    false,
                    Optional.of(new HostPort("127.0.0.1", 7373)),
                    Optional.of(
                        new Secret("letmein".getBytes(java.nio.charset.StandardCharsets.UTF_8))),
                    Map.of("role", "proxy", "size", "3"),
                    false),
                new DiscoveryConfig(false, false, Set.of(FINGERPRINT), Duration.ofMinutes(30)),
                new ApiConfig(
                    Optional.of(new HostPort("::1", 7001)),
                    Optional.of(folder.resolve("sock")),
                    List.of("attic.local"),
                    List.of("maria"),
                    Optional.of(
                        new ApiConfig.Tls(folder.resolve("c.pem"), folder.resolve("k.pem"))),
                    true,
                    true,
                    Set.of(address("10.1.2.3"))),
                AUTH,
                new ContainersConfig(
                    Optional.of(Path.of("/run/docker.sock")),
                    Optional.of(folder.resolve("registries")),
                    new Limits(256 << 20, 500, 64),
                    Optional.of(Duration.ofDays(7)),
                    new AppsConfig(
                        List.of(publicKey(CATALOGUE_KEY)),
                        Set.of("10.1.2.3"),
                        Optional.of(folder.resolve("saved")),
                        1L << 30,
                        false)),
                config.modules(),
                new LogConfig(LogConfig.LogLevel.DEBUG)));
  }

  @Test
  void reportsEveryProblemAtOnceWithItsPlace() throws IOException {
    assertThat(
            problems(
                """
                node:
                  nmae: attic
                gossip:
                  bind: 127.0.0.1:99999
                  profile: lann
                  join: 10.1.2.3
                  compression: maybe
                api: {listen: 0.0.0.0}
                serf: {}
                """))
        .containsExactly(
            "cloudy.yaml:2:3: unknown key node.nmae. Did you mean name?",
            "cloudy.yaml:4:9: gossip.bind has port 99999, which is not in 0 to 65535.",
            "cloudy.yaml:5:12: gossip.profile must be one of lan, wan, local, mesh, not lann.",
            "cloudy.yaml:6:9: gossip.join must be a list, not a single value.",
            "cloudy.yaml:7:16: gossip.compression is neither true nor false.",
            "cloudy.yaml:8:15: api.listen must be host:port, with brackets around an IPv6 host, not"
                + " 0.0.0.0.",
            "cloudy.yaml:9:1: unknown key serf. Known here: api, auth, containers, discovery,"
                + " gossip, log, node, plugins, services.");
  }

  @Test
  void saysWhereYamlIsBroken() throws IOException {
    assertThat(problems("node: {name: attic\ngossip: {}\n"))
        .singleElement()
        .asString()
        .startsWith("cloudy.yaml:2:7: not YAML: ");
  }

  @Test
  void refusesAKeySetTwice() throws IOException {
    assertThat(problems("log: {level: info}\nlog: {level: debug}\n"))
        .containsExactly(
            "cloudy.yaml:2:1: key log is set twice, first at cloudy.yaml:1:1. Keep one.");
  }

  @Test
  void refusesAliasesTagsAndSecondDocuments() throws IOException {
    assertThat(problems("node: &a {name: x}\n"))
        .singleElement()
        .asString()
        .contains("1:7: an anchor");
    assertThat(problems("node: !!map {name: x}\n")).singleElement().asString().contains("a tag");
    assertThat(problems("node: {}\n---\nlog: {}\n")).singleElement().asString().contains("second");
  }

  @Test
  void refusesDepthsThatWouldExhaustTheStack() throws IOException {
    assertThat(problems("node: " + "[".repeat(100_000)))
        .singleElement()
        .asString()
        .contains("nested more than 16 levels deep");
  }

  @Test
  void refusesFilesLargerThanTheLimit() throws IOException {
    assertThat(problems("#".repeat(YamlParser.MAX_CODE_POINTS + 1)))
        .containsExactly("cloudy.yaml: could not be read: it has more than 262144 bytes.");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThatThrownBy(
            () -> new ConfigFiles(Optional.of(folder.resolve("none.yaml")), List.of()).load())
        .hasMessage(folder.resolve("none.yaml") + ": could not be read: there is no such file.");
  }

  @Test
  void laysDropInsOverTheFileInOrderOfName() throws IOException {
    Files.createDirectory(folder.resolve("conf.d"));
    Files.writeString(folder.resolve("conf.d/20.yaml"), "gossip: {label: second}\n");
    Files.writeString(folder.resolve("conf.d/10.yaml"), "gossip: {label: first, tags: {b: 2}}\n");
    Files.writeString(folder.resolve("conf.d/30.yaml.bak"), "rubbish: 1\n");

    GossipConfig gossip = load("gossip: {profile: wan, tags: {a: 1}}\n").gossip();

    assertThat(gossip.label()).isEqualTo("second");
    assertThat(gossip.profile()).isEqualTo(Profile.WAN);
    assertThat(gossip.tags()).containsOnly(Map.entry("a", "1"), Map.entry("b", "2"));
  }

  @Test
  void namesTheDropInThatIsWrong() throws IOException {
    Files.createDirectory(folder.resolve("conf.d"));
    Files.writeString(folder.resolve("conf.d/10.yaml"), "gossip:\n  bind: nonsense\n");

    assertThat(problems("gossip: {bind: 127.0.0.1:1}\n"))
        .singleElement()
        .asString()
        .startsWith("conf.d/10.yaml:2:9: gossip.bind must be host:port");
  }

  @Test
  void overridesAnyKey() throws IOException {
    GossipConfig gossip =
        load("gossip: {bind: 127.0.0.1:1}\n", "gossip.bind=127.0.0.1:2", "gossip.tags={a: b}")
            .gossip();

    assertThat(gossip.bind().port()).isEqualTo(2);
    assertThat(gossip.tags()).containsEntry("a", "b");
    assertThat(problems("", "gossip.bnid=1"))
        .containsExactly("--set gossip.bnid: unknown key gossip.bnid. Did you mean bind?");
    assertThat(problems("", "gossip")).singleElement().asString().contains("must be key=value");
  }

  @Test
  void switchesOffWhatIsLeftEmpty() throws IOException {
    ApiConfig api = load("api: {listen: , socket: ''}\n").api();

    assertThat(api.listen()).isEmpty();
    assertThat(api.socket()).isEmpty();
  }

  @Test
  void takesACertificateWithItsKeyOnly() throws IOException {
    assertThat(problems("api: {tls: {certificate: , key: }}\n")).isEmpty();
    assertThat(problems("api: {tls: {certificate: c.pem}}\n"))
        .containsExactly("cloudy.yaml:1:12: api.tls needs both certificate and key.");
  }

  @Test
  void takesAddressesNotNamesForTheMetrics() throws IOException {
    assertThat(load("api: {metrics_from: []}\n").api().metricsFrom()).isEmpty();
    assertThat(problems("api: {metrics_from: [localhost]}\n"))
        .containsExactly(
            "cloudy.yaml:1:22: api.metrics_from must hold addresses such as 10.1.2.3, not"
                + " localhost.");
  }

  @Test
  void refusesKeysOfAnotherLength() throws IOException {
    Files.writeString(folder.resolve("key"), key(20));

    assertThat(problems("gossip: {encrypt_key_file: " + folder + "/key}\n"))
        .containsExactly(
            "cloudy.yaml:1:28: gossip.encrypt_key_file names key, which holds a key of 20 bytes,"
                + " not 16, 24 or 32. Make one with cloudy keygen.");
  }

  @Test
  void readsAKeyringInItsOrder() throws IOException {
    Files.writeString(folder.resolve("ring"), "[\"" + key(16) + "\",\n\"" + key(32) + "\"]");

    GossipConfig gossip = load("gossip: {keyring_file: " + folder + "/ring}\n").gossip();

    assertThat(gossip.keys()).extracting(Secret::length).containsExactly(16, 32);
    assertThat(gossip.keyringFile()).contains(folder.resolve("ring"));
  }

  @Test
  void refusesAKeyAndAKeyringTogether() throws IOException {
    Files.writeString(folder.resolve("key"), key(16));
    Files.writeString(folder.resolve("ring"), "[\"" + key(16) + "\"]");

    assertThat(
            problems(
                "gossip: {encrypt_key_file: %1$s/key, keyring_file: %1$s/ring}\n"
                    .formatted(folder)))
        .singleElement()
        .asString()
        .contains("cannot stand beside encrypt_key_file");
  }

  @Test
  void neverPrintsASecret() throws IOException {
    Files.writeString(folder.resolve("key"), key(32));

    AgentConfig config = load("gossip: {encrypt_key_file: " + folder + "/key}\n");

    assertThat(config.toString()).contains("***").doesNotContain(key(32));
  }

  private static InetAddress address(String text) throws IOException {
    return InetAddress.getAllByName(text)[0];
  }

  private static String key(int length) {
    return Base64.getEncoder().encodeToString(new byte[length]);
  }
}
