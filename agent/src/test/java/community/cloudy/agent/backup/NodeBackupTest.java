package community.cloudy.agent.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.agent.config.ConfigFiles;
import community.cloudy.agent.identity.StateFolder;
import community.cloudy.gossip.discovery.store.SafeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeBackupTest {
  @TempDir private Path folder;
  private Path config;
  private Path state;
  private Path file;

  @BeforeEach
  void aNode() throws IOException {
    config = folder.resolve("etc/cloudy/cloudy.yaml");
    state = folder.resolve("lib/cloudy");
    file = folder.resolve("attic.tar.gz");
    put(config, "node: {name: attic, data: " + state + "}\n");
    put(config.resolveSibling("conf.d/50-services-squid.yaml"), "services: {}\n");
    put(config.resolveSibling("gossip.key"), "key");
    Files.setPosixFilePermissions(
        config.resolveSibling("gossip.key"), PosixFilePermissions.fromString("rw-------"));
    put(state.resolve("identity/node.name"), "attic\n");
    put(state.resolve("identity/node.key"), "private");
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx--x--x"));
    put(state.resolve("services/bind/versions/000002/named.conf"), "zone");
    Files.createSymbolicLink(state.resolve("services/bind/current"), Path.of("versions", "000002"));
    put(state.resolve("services/syncthing/home/cert.pem"), "certificate");
    put(state.resolve("stacks/a name that is longer than a hundred bytes ".repeat(4)), "long");
  }

  @Test
  void aRestoredNodeHasTheFilesModesAndLinksItHad() throws IOException {
    Map<String, String> before = tree(folder);
    save();

    moveAway();
    Saved saved = restore();

    Files.delete(file);
    Map<String, String> after = tree(folder);
    after.keySet().removeIf(path -> path.contains(".before-restore"));
    assertThat(after).isEqualTo(before);
    assertThat(saved.node()).isEqualTo("attic");
  }

  @Test
  void whatIsTooLargeOrMadeAgainIsNotSavedAndStaysWhereItIs() throws IOException {
    put(state.resolve("services/syncthing/data/photo"), "large");
    put(state.resolve("services/graphs/rrdb/1.rrd"), "history");
    put(state.resolve("services/bind/run/named.log"), "log");
    put(state.resolve("backups/nextcloud.zip"), "stack");
    save();

    put(state.resolve("services/syncthing/data/photo"), "larger");
    put(state.resolve("identity/node.key"), "another");
    restore();

    assertThat(state.resolve("services/syncthing/data/photo")).hasContent("larger");
    assertThat(state.resolve("backups/nextcloud.zip")).hasContent("stack");
    assertThat(state.resolve("identity/node.key")).hasContent("private");
    assertThat(folder.resolve("lib/cloudy.before-restore/identity/node.key")).hasContent("another");
  }

  @Test
  void theFileIsForItsOwnerOnlyAndNeverReplacesAnother() throws IOException {
    save();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThatThrownBy(this::save).isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void aFileThatLiesInTheStateDoesNotHoldItself() throws IOException {
    file = state.resolve("attic.tar.gz");
    save();
    Path elsewhere = folder.resolve("attic.tar.gz");
    Files.move(file, elsewhere);
    file = elsewhere;

    moveAway();
    restore();

    assertThat(state.resolve("attic.tar.gz")).doesNotExist();
  }

  @Test
  void aBackupThatIsCutShortAnywhereOrChangedIsRefusedAndNothingHasChanged() throws IOException {
    save();
    byte[] whole = Files.readAllBytes(file);
    Map<String, String> before = tree(folder.resolve("lib"));
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(this::restore).as("%d bytes", length).isInstanceOf(IOException.class);
    }
    byte[] changed = whole.clone();
    changed[whole.length - 6] ^= 1;
    Files.write(file, changed);
    assertThatThrownBy(this::restore).isInstanceOf(IOException.class);

    before.put("cloudy/agent.lock", tree(folder.resolve("lib")).get("cloudy/agent.lock"));
    assertThat(tree(folder.resolve("lib"))).isEqualTo(before);
    assertThat(folder.resolve("etc/cloudy.restored")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "state/../../out",
        "/state/x",
        "out/x",
        "state/./x",
        "state//x",
        "state/missing/x",
        "state/link/x",
        "config/cloudy.yaml",
        "statex"
      })
  void anEntryThatIsOutOfPlaceIsRefused(String name) throws IOException {
    forge(new TarArchiveEntry(name, true));

    assertThatThrownBy(this::restore).hasMessageContaining("out of place");
    assertThat(config).content().contains("attic");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../../x", "a/../../../x"})
  void aLinkThatLeadsOutIsRefused(String target) throws IOException {
    TarArchiveEntry link = new TarArchiveEntry("state/lead", TarConstants.LF_SYMLINK);
    link.setLinkName(target);
    forge(link);

    assertThatThrownBy(this::restore).hasMessageContaining("leads out");
  }

  @ParameterizedTest
  @ValueSource(bytes = {TarConstants.LF_CHR, TarConstants.LF_FIFO, TarConstants.LF_LINK})
  void devicesPipesAndHardLinksAreRefused(byte kind) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry("state/odd", kind);
    entry.setLinkName("state/inner");
    forge(entry);

    assertThatThrownBy(this::restore).hasMessageContaining("no file or folder");
  }

  @Test
  void aRunningAgentIsNotReplaced() throws IOException {
    save();

    try (StateFolder held = StateFolder.open(state)) {
      assertThatThrownBy(this::restore)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another agent")
          .hasMessageContaining(held.path().toString());
    }
  }

  @Test
  void aBackupOfAnotherPlaceIsRefusedWithTheOptionToSay() throws IOException {
    save();

    assertThatThrownBy(() -> new NodeRestore(file, config, folder.resolve("elsewhere")).restore())
        .hasMessageContaining("--data " + state);
  }

  @Test
  void whatAnEarlierRestoreFoundIsNotLost() throws IOException {
    save();
    restore();

    assertThatThrownBy(this::restore).hasMessageContaining("cloudy.before-restore");
  }

  private void save() throws IOException {
    var read = new ConfigFiles(Optional.of(config), List.of()).load();
    Saved saved = NodeBackup.of(read, config, "0.1.0", Clock.systemUTC());
    NodeBackup.write(read, saved, file);
  }

  private Saved restore() throws IOException {
    return new NodeRestore(file, config, state).restore();
  }

  private void moveAway() throws IOException {
    for (String path : Set.of("etc", "lib")) {
      Files.move(folder.resolve(path), folder.resolve(path + ".gone"));
      Files.createDirectory(folder.resolve(path));
      SafeFile.deleteTree(folder.resolve(path + ".gone"));
    }
  }

  /** Writes a backup that holds one more entry, whose content is empty. */
  private void forge(TarArchiveEntry entry) throws IOException {
    Saved saved = new Saved("x", Clock.systemUTC().instant(), "0.1.0", config, state);
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
      put(tar, new TarArchiveEntry(Saved.ENTRY), saved.write());
      put(tar, new TarArchiveEntry("config/"), new byte[0]);
      put(tar, new TarArchiveEntry("config/cloudy.yaml"), new byte[0]);
      put(tar, new TarArchiveEntry("state/"), new byte[0]);
      put(tar, new TarArchiveEntry("state/inner/"), new byte[0]);
      TarArchiveEntry link = new TarArchiveEntry("state/link", TarConstants.LF_SYMLINK);
      link.setLinkName("inner");
      put(tar, link, new byte[0]);
      put(tar, entry, new byte[0]);
    }
  }

  private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, byte[] content)
      throws IOException {
    entry.setSize(content.length);
    entry.setUserName(System.getProperty("user.name"));
    entry.setGroupName(System.getProperty("user.name"));
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private static void put(Path path, String content) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  /** What is below a folder: paths with mode and content. */
  private static Map<String, String> tree(Path root) throws IOException {
    Map<String, String> tree = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.filter(path -> !path.equals(root)).toList()) {
        String what;
        if (Files.isSymbolicLink(path)) {
          what = "-> " + Files.readSymbolicLink(path);
        } else {
          what = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
          if (Files.isRegularFile(path)) {
            what += " " + new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
          }
        }
        tree.put(root.relativize(path).toString(), what);
      }
    }
    return tree;
  }
}
