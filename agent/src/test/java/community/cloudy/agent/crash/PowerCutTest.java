package community.cloudy.agent.crash;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.agent.config.AgentConfig;
import community.cloudy.agent.config.ConfigFiles;
import community.cloudy.agent.config.DropIns;
import community.cloudy.agent.identity.Identity;
import community.cloudy.agent.identity.StateFolder;
import community.cloudy.agent.json.Json;
import community.cloudy.agent.setup.FirstConfig;
import community.cloudy.auth.LocalUsers;
import community.cloudy.auth.PasswordHash;
import community.cloudy.auth.Person;
import community.cloudy.auth.Role;
import community.cloudy.auth.Secret;
import community.cloudy.auth.Tokens;
import community.cloudy.gossip.discovery.NodeKey;
import community.cloudy.gossip.discovery.store.AnnouncementFile;
import community.cloudy.gossip.discovery.store.PinFile;
import community.cloudy.gossip.discovery.store.SafeFile;
import community.cloudy.gossip.serf.wire.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power is cut at every moment of some changes. Whatever has been acknowledged is there then,
 * or the change that was under way; nothing is half, and nothing keeps the node from starting.
 */
final class PowerCutTest {
  private static final int CHANGES = 4;
  private static final int WAYS = 12;

  @TempDir private Path folder;
  private final SecureRandom random = new SecureRandom();
  private final PasswordHash hash = new PasswordHash(random, Duration.ofSeconds(60));

  /** Makes change {@code number}, from 1, to what is below a folder; returns once it is kept. */
  private interface Change {
    void make(Path root, int number) throws Exception;
  }

  /** Returns the number of the last change that is there; 0 for none. */
  private interface Look {
    int last(Path root) throws Exception;
  }

  private void survives(Change change, Look look) throws Exception {
    survives(CHANGES, change, look);
  }

  private void survives(int changes, Change change, Look look) throws Exception {
    Path real = Files.createDirectory(folder.resolve("real"));
    TornDisk disk = new TornDisk(real);
    List<Integer> acknowledged = new ArrayList<>();
    for (int number = 1; number <= changes; number++) {
      change.make(disk.view(), number);
      acknowledged.add(disk.moments() - 1);
    }
    for (int moment = 0; moment < disk.moments(); moment++) {
      for (int way = 0; way < WAYS; way++) {
        Path left = Files.createDirectory(folder.resolve("left"));
        disk.cut(moment, new Random(moment * 1_000L + way), left);
        int now = moment;
        int kept = (int) acknowledged.stream().filter(at -> at <= now).count();

        assertThat(look.last(left))
            .as("moment %d of %d, way %d", moment, disk.moments(), way)
            .isBetween(kept, Math.min(kept + 1, changes));
        SafeFile.deleteTree(left);
      }
    }
  }

  @Test
  void theNodeKeepsTheKeyThatOthersMayKnow() throws Exception {
    List<String> made = new ArrayList<>();
    survives(
        1,
        (root, number) -> made.add(fingerprint(root.resolve("lib").resolve("cloudy"))),
        root -> made.contains(fingerprint(root.resolve("lib").resolve("cloudy"))) ? 1 : 0);
  }

  private static String fingerprint(Path folder) {
    try (StateFolder state = StateFolder.open(folder)) {
      return Identity.of(state, Optional.of("attic"), "attic").fingerprint();
    }
  }

  @Test
  void noUserIsLost() throws Exception {
    Secret password = Secret.of("a long enough password");
    survives(
        (root, number) -> users(root).add("user" + number, Role.VIEWER, password),
        root -> users(root).list().size());
  }

  private LocalUsers users(Path root) throws IOException {
    Path state = root.resolve("auth");
    SafeFile.createFolder(state);
    return LocalUsers.open(state.resolve("users"), hash, Clock.systemUTC(), random);
  }

  @Test
  void noTokenIsLost() throws Exception {
    Person owner = new Person("maria", "Maria", Role.ADMIN, Person.Means.LOCAL);
    survives(
        (root, number) -> tokens(root).create(owner, "t" + number, Role.VIEWER, Optional.empty()),
        root -> tokens(root).list().size());
  }

  private Tokens tokens(Path root) throws IOException {
    Path state = root.resolve("auth");
    SafeFile.createFolder(state);
    return Tokens.open(state.resolve("tokens"), Clock.systemUTC(), random);
  }

  @Test
  void noPinIsLost() throws Exception {
    Map<String, NodeKey> pins = new HashMap<>();
    survives(
        (root, number) -> {
          SafeFile.createFolder(root.resolve("discovery"));
          pins.put("node" + number, new NodeKey(Bytes.wrap(new byte[NodeKey.LENGTH])));
          new PinFile(root.resolve("discovery").resolve("pins.txt")).write(pins);
        },
        root -> new PinFile(root.resolve("discovery").resolve("pins.txt")).read().size());
  }

  @Test
  void noSequenceNumberIsUsedTwice() throws Exception {
    survives(
        (root, number) -> {
          SafeFile.createFolder(root.resolve("discovery"));
          new AnnouncementFile(root.resolve("discovery").resolve("own")).write(number, List.of());
        },
        root -> {
          SafeFile.createFolder(root.resolve("discovery"));
          return (int)
              new AnnouncementFile(root.resolve("discovery").resolve("own")).read().sequence();
        });
  }

  @Test
  void theFirstConfigurationIsWholeOrTheOneBefore() throws Exception {
    survives(
        (root, number) -> {
          SafeFile.createFolder(root.resolve("etc"));
          new FirstConfig(root.resolve("etc").resolve("cloudy.yaml"))
              .write("node: {name: attic" + number + "}\n");
        },
        root -> {
          Path file = root.resolve("etc").resolve("cloudy.yaml");
          return Files.exists(file)
              ? Integer.parseInt(config(file).node().name().orElseThrow().substring(5))
              : 0;
        });
  }

  private static AgentConfig config(Path file) {
    return new ConfigFiles(Optional.of(file), List.of()).load();
  }

  @Test
  void whatTheDashboardSetIsKept() throws Exception {
    survives(
        (root, number) -> {
          Path file = root.resolve("etc").resolve("cloudy.yaml");
          if (number == 1) {
            SafeFile.createFolder(root.resolve("etc"));
            SafeFile.write(file, new byte[0], "rw-r-----");
          }
          ConfigFiles files = new ConfigFiles(Optional.of(file), List.of());
          var wanted =
              new ConfigFiles(Optional.of(file), List.of("services.squid.port=" + number))
                  .load()
                  .modules()
                  .settings()
                  .get("squid");
          new DropIns(files)
              .write("squid", Json.object().put("port", number), Objects.requireNonNull(wanted));
        },
        root -> {
          Path file = root.resolve("etc").resolve("conf.d").resolve("50-services-squid.yaml");
          return Files.exists(file)
              ? Integer.parseInt(Files.readString(file).replaceAll("(?s).*port: ([0-9]+).*", "$1"))
              : 0;
        });
  }
}
