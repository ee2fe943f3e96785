package community.cloudy.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.agent.api.ApiRig;
import community.cloudy.containers.apps.AppFolder;
import community.cloudy.containers.apps.AppId;
import community.cloudy.containers.apps.ShippedApps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a key to an app of somebody else's catalogue. */
final class CatalogueCommandsTest {
  @TempDir private Path folder;

  private Path catalogue() throws IOException {
    AppFolder app = ShippedApps.all().get(new AppId("etherpad"));
    Path place = Files.createDirectories(folder.resolve("apps/etherpad"));
    for (Map.Entry<String, byte[]> file : app.files().entrySet()) {
      Files.write(place.resolve(file.getKey()), file.getValue());
    }
    return place.resolveSibling("");
  }

  @Test
  void signsAndTakesOverACatalogue() throws IOException {
    Path apps = catalogue();
    Path key = folder.resolve("signer.pem");
    Shell signer = new Shell(folder.resolve("none"));
    assertThat(signer.run("catalogue", "key", key.toString())).isZero();
    String trusted = signer.out().strip();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(signer.run("catalogue", "key", key.toString())).isNotZero();
    assertThat(signer.run("catalogue", "check", apps + "/etherpad")).isZero();
    assertThat(
            signer.run(
                "catalogue",
                "sign",
                apps.toString(),
                "--key",
                key.toString(),
                "--name",
                "near",
                "--version",
                "3"))
        .isZero();

    ApiRig rig =
        new ApiRig(
            folder,
            "",
            "containers: {engine: 'unix://%s/no.sock', catalogues: {trusted_keys: ['%s']}}"
                .formatted(folder, trusted));
    try {
      Shell shell = new Shell(rig.socket());
      assertThat(shell.run("catalogue", "add", apps.toString())).isZero();
      assertThat(shell.out()).contains("The catalogue near is here, version 3, with 1 apps.");
      assertThat(shell.run("catalogue", "refresh", "near")).isZero();
      assertThat(shell.run("catalogue", "ls")).isZero();
      assertThat(shell.out()).contains("near  3");
      assertThat(shell.run("app", "ls")).isZero();
      assertThat(shell.out()).contains("etherpad");
      assertThat(shell.run("app", "show", "etherpad", "--catalogue", "near")).isZero();
      assertThat(shell.out()).contains("ADMIN_PASSWORD  password");
      assertThat(shell.run("app", "install", "etherpad")).isNotZero();
      assertThat(shell.err()).contains("must be filled in");
      assertThat(shell.run("backup", "ls")).isZero();
      assertThat(shell.run("backup", "schedules")).isZero();
      assertThat(shell.run("catalogue", "rm", "near")).isZero();
    } finally {
      rig.close();
    }
  }

  @Test
  void importsATemplateAndSaysWhatItLeftOut() throws IOException {
    Path template =
        Files.writeString(
            folder.resolve("etherpad.json"),
            "{\"appname\": \"Pads\", \"image\": \"a/b:1\", \"ports\": {\"9001\": \"9001\"},"
                + " \"misc\": {\"net\": \"host\"}}");
    Shell shell = new Shell(folder.resolve("none"));
    Path app = folder.resolve("pads");

    assertThat(shell.run("catalogue", "import", template.toString(), app.toString())).isZero();
    assertThat(shell.err()).contains("left out: the flag net=host");
    assertThat(shell.run("catalogue", "check", app.toString())).isZero();
    // What is there is not written over.
    assertThat(shell.run("catalogue", "import", template.toString(), app.toString())).isNotZero();
  }
}
