package community.cloudy.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdentityTest {
  @TempDir private Path folder;

  private Identity identity(Optional<String> name) {
    try (StateFolder state = StateFolder.open(folder.resolve("data"))) {
      return Identity.of(state, name, "machine");
    }
  }

  @Test
  void staysTheSameFromStartToStart() {
    Identity first = identity(Optional.empty());

    Identity second = identity(Optional.empty());

    assertThat(second.name()).isEqualTo("machine");
    assertThat(second.fingerprint()).isEqualTo(first.fingerprint()).matches("[0-9a-f]{64}");
  }

  @Test
  void takesTheConfiguredNameAtTheFirstStartOnly() {
    assertThat(identity(Optional.of("attic")).name()).isEqualTo("attic");
    assertThat(identity(Optional.of("attic")).name()).isEqualTo("attic");
    assertThat(identity(Optional.empty()).name()).isEqualTo("attic");
    assertThatThrownBy(() -> identity(Optional.of("cellar")))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("this node's name is attic")
        .hasMessageContaining("Set node.name to attic");
  }

  @Test
  void keepsTheKeyFromOthers() throws IOException {
    identity(Optional.empty());
    Path identity = folder.resolve("data/identity");

    assertThat(mode(identity)).isEqualTo("rwx------");
    assertThat(mode(identity.resolve("node.key"))).isEqualTo("rw-------");
    assertThat(identity.resolve("node.key")).content().startsWith("-----BEGIN PRIVATE KEY-----\n");
    assertThat(identity.resolve("node.pub")).content().startsWith("-----BEGIN PUBLIC KEY-----\n");
  }

  @Test
  void makesTheKeysAgainAfterAFirstStartThatWasCutShort() throws IOException {
    identity(Optional.empty());
    Files.delete(folder.resolve("data/identity/node.pub"));

    assertThat(identity(Optional.empty()).publicKey().getAlgorithm()).isEqualTo("EdDSA");
  }

  @Test
  void refusesADamagedKey() throws IOException {
    identity(Optional.empty());
    Files.writeString(folder.resolve("data/identity/node.key"), "rubbish");

    assertThatThrownBy(() -> identity(Optional.empty()))
        .hasMessageContaining("node.key")
        .hasMessageContaining("not a PEM file");
  }

  @Test
  void refusesKeysThatDoNotBelongTogether() throws IOException {
    identity(Optional.empty());
    Path key = folder.resolve("data/identity/node.key");
    String other = Files.readString(key);
    Files.delete(folder.resolve("data/identity/node.pub"));
    identity(Optional.empty());
    Files.writeString(key, other);

    assertThatThrownBy(() -> identity(Optional.empty()))
        .hasMessageContaining("do not belong together");
  }

  @Test
  void letsOneAgentInAtATime() {
    try (StateFolder first = StateFolder.open(folder)) {
      assertThat(first.path()).isEqualTo(folder);
      assertThatThrownBy(() -> StateFolder.open(folder))
          .isInstanceOf(StateException.class)
          .hasMessageContaining("another agent (process " + ProcessHandle.current().pid() + ")");
    }
    StateFolder.open(folder).close();
  }

  @Test
  void saysThatTheFolderCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> StateFolder.open(file.resolve("data")))
        .isInstanceOf(StateException.class)
        .hasMessageStartingWith("Could not write to the state folder " + file + "/data: ")
        .hasMessageEndingWith("name another folder with node.data.");
  }

  @Test
  void namesTheMachineByItsFiles() throws IOException {
    Path hostname = Files.writeString(folder.resolve("hostname"), " a t+tic\n");

    assertThat(MachineName.first(java.util.List.of(folder.resolve("none"), hostname)))
        .isEqualTo("attic");
    assertThat(MachineName.first(java.util.List.of())).isEqualTo("node");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
