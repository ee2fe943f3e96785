package community.cloudy.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.api.ApiRig;
import community.cloudy.agent.api.RawHttp;
import community.cloudy.agent.json.Json;
import community.cloudy.auth.Role;
import community.cloudy.containers.Dockerd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Apps through the versions of their catalogues, on a real engine and from the shell. */
@Timeout(300)
final class AppUpdateIT {
  private static final String WELL = "[CMD, \"true\"]";

  @TempDir private static Path folder;
  private static Dockerd dockerd;
  private static ApiRig rig;

  private final Shell shell = new Shell(rig.socket());
  private int signed;

  @BeforeAll
  static void start() throws Exception {
    Dockerd.needed();
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/docker-compose")), "needs docker-compose");
    dockerd = Dockerd.start(Files.createDirectory(folder.resolve("engine")));
    Shell signer = new Shell(folder.resolve("none"));
    assertThat(signer.run("catalogue", "key", key())).isZero();
    rig =
        new ApiRig(
            folder,
            "",
            "containers: {engine: '%s', catalogues: {trusted_keys: ['%s']}}"
                .formatted(dockerd.host(), signer.out().strip()));
  }

  @AfterAll
  static void stop() throws IOException {
    if (rig != null) {
      rig.close();
    }
    if (dockerd != null) {
      dockerd.close();
    }
  }

  private static String key() {
    return folder.resolve("signer.pem").toString();
  }

  private String done(String... arguments) {
    assertThat(shell.run(arguments)).as(() -> shell.err()).isZero();
    return shell.takeOut();
  }

  private String refused(String... arguments) {
    Shell asking = new Shell(rig.socket());
    assertThat(asking.run(arguments)).isNotZero();
    return asking.err();
  }

  /** Signs a catalogue of one app, and has the node take it over. */
  private void publish(String catalogue, String app, String version, String field, String health)
      throws IOException {
    Path apps = folder.resolve(catalogue);
    Path files = Files.createDirectories(apps.resolve(app));
    Files.writeString(
        files.resolve("app.yaml"),
        """
        id: %s
        version: "%s"
        title: {en: Notes}
        tagline: {en: Write things down}
        description: {en: A place for notes.}
        category: documents
        licence: MIT
        memory: 16m
        disk: 1m
        fields:
          - {name: OWNER, type: string, label: {en: Owner}, required: true}
          - {name: KEY, type: secret, label: {en: Key}}
          %s
        backup: {volumes: [data]}
        """
            .formatted(app, version, field));
    Files.writeString(
        files.resolve("compose.yaml"),
        """
        services:
          app:
            image: %s
            network_mode: none
            environment: {SAYS: "%s of ${OWNER}, ${EMAIL:-no mail}"}
            command:
              - sh
              - -c
              - >-
                trap 'exit 0' TERM;
                [ -e /data/seed ] || echo "sown by %s" > /data/seed;
                echo "$$SAYS, $$(cat /data/seed), $$(cat /run/secrets/key)";
                sleep 1000 & wait
            healthcheck: {test: %s, interval: 1s, timeout: 5s, retries: 2}
            secrets: [key]
            volumes: ["data:/data"]
        secrets: {key: {file: ./secrets/key}}
        volumes: {data: {}}
        """
            .formatted(Dockerd.BUSYBOX, version, version, health));
    signed++;
    done(
        "catalogue",
        "sign",
        apps.toString(),
        "--key",
        key(),
        "--name",
        catalogue,
        "--version",
        Integer.toString(signed));
    if (done("catalogue", "ls").contains(catalogue + " ")) {
      done("catalogue", "refresh", catalogue);
    } else {
      done("catalogue", "add", apps.toString());
    }
  }

  private JsonNode stack(String name) {
    String json = done("stack", "show", name, "-o", "json");
    return Json.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private JsonNode app(String stack) {
    return stack(stack).path("app");
  }

  /** Returns what the app that runs says. */
  private String said(String stack) {
    return done("stack", "logs", "-n", "1", stack);
  }

  @Test
  void takesOverWhatItsOwnCatalogueHasAndKeepsWhatTheStackHas() throws IOException {
    publish("near", "notes", "1.0", "", WELL);
    publish("far", "notes", "9.0", "", WELL);
    done("app", "install", "notes", "--catalogue", "near", "--set", "OWNER=Anna's");
    String secret = said("notes").replaceAll("(?s).*sown by 1\\.0, (\\w+).*", "$1");
    assertThat(secret).hasSize(32);
    assertThat(app("notes").toString())
        .isEqualTo("{\"catalogue\":\"near\",\"id\":\"notes\",\"version\":\"1.0\"}");
    assertThat(refused("app", "update", "notes")).contains("it is at 1.0, which is what near has");

    String mail = "- {name: EMAIL, type: string, label: {en: Email}, required: true}";
    publish("near", "notes", "1.1", mail, WELL);
    assertThat(done("stack", "ls")).contains("notes 1.0, 1.1 available");
    assertThat(app("notes").path("lacking").toString()).isEqualTo("[\"EMAIL\"]");
    assertThat(refused("app", "update", "notes")).contains("EMAIL: must be filled in");

    assertThat(done("app", "update", "notes", "--set", "EMAIL=anna@example.org"))
        .contains("The app of the stack notes is at version 1.1.");
    assertThat(said("notes")).contains("1.1 of Anna's, anna@example.org, sown by 1.0, " + secret);
    assertThat(app("notes").path("version").asText()).isEqualTo("1.1");
    assertThat(app("notes").has("newest")).isFalse();
    assertThat(done("backup", "ls").lines().filter(line -> line.startsWith("notes_"))).hasSize(1);

    publish("near", "notes", "1.2", mail, "[CMD, \"false\"]");
    assertThat(refused("app", "update", "--no-backup", "notes")).contains("Version 2 is back");
    assertThat(said("notes")).contains("1.1 of Anna's", secret);
    assertThat(app("notes").path("version").asText()).isEqualTo("1.1");
    assertThat(app("notes").path("newest").asText()).isEqualTo("1.2");

    done("stack", "rollback", "--no-backup", "notes", "1");
    assertThat(app("notes").path("version").asText()).isEqualTo("1.0");
    done("catalogue", "rm", "near");
    assertThat(app("notes").has("newest")).isFalse();
    assertThat(refused("app", "update", "notes")).contains("no catalogue near");
  }

  @Test
  void replacesNothingThatAPersonWroteUnlessTold() throws IOException {
    publish("garden", "diary", "1.0", "", WELL);
    done("app", "install", "diary", "--catalogue", "garden", "--set", "OWNER=Joan");
    Path compose = Path.of(stack("diary").path("folder").asText(), "compose.yaml");
    Files.writeString(compose, Files.readString(compose) + "# mine\n");
    publish("garden", "diary", "1.1", "", WELL);
    assertThat(app("diary").path("edited").toString()).isEqualTo("[\"compose.yaml\"]");

    assertThat(refused("app", "update", "--force", "diary")).contains("no version keeps that");
    done("stack", "apply", "--no-backup", "diary");
    assertThat(refused("app", "update", "diary")).contains("changed by hand and would be replaced");
    done("app", "update", "--force", "--no-backup", "diary");
    assertThat(compose).content().doesNotContain("# mine");

    done("stack", "rollback", "--no-backup", "diary", "2");
    assertThat(compose).content().contains("# mine");
    assertThat(app("diary").path("version").asText()).isEqualTo("1.0");
  }

  @Test
  void whatIsBroughtBackFromABackupIsStillTheApp() throws IOException {
    publish("field", "list", "1.0", "", WELL);
    done("app", "install", "list", "--catalogue", "field", "--set", "OWNER=Joan");
    done("backup", "create", "list");
    String backup =
        done("backup", "ls")
            .lines()
            .filter(line -> line.startsWith("list_"))
            .findFirst()
            .orElse("");
    done("backup", "restore", backup.split(" ", 2)[0], "--as", "copy");
    publish("field", "list", "1.1", "", WELL);

    done("app", "update", "--no-backup", "copy");

    assertThat(said("copy")).contains("1.1 of Joan", "sown by 1.0");
    assertThat(app("list").path("version").asText()).isEqualTo("1.0");
  }

  @Test
  void aPictureIsNoTextThatAnEditorCouldGiveBack() throws Exception {
    Path icon = Files.createDirectories(folder.resolve("wood/tree")).resolve("icon.png");
    Files.write(icon, new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, (byte) 0xff});
    publish("wood", "tree", "1.0", "", WELL);
    done("app", "install", "tree", "--catalogue", "wood", "--set", "OWNER=Joan");

    String request =
        "GET /v1/stacks/tree/files HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Authorization: Bearer %s\r\n\r\n".formatted(rig.token(Role.OPERATOR));
    JsonNode files = RawHttp.tcp(rig.port()).raw(request).json().path("files");

    assertThat(files.findValuesAsText("path")).contains("icon.png", "compose.yaml");
    for (JsonNode file : files) {
      assertThat(file.has("text"))
          .as(file.path("path").asText())
          .isNotEqualTo(file.path("path").asText().matches("icon.png|secrets/key"));
    }
  }

  @Test
  void aStackThatIsNoAppHasNoUpdate() throws IOException {
    Path compose =
        Files.writeString(
            folder.resolve("compose.yaml"),
            "services: {a: {image: '%s', network_mode: none, command: [sleep, '1000']}}"
                .formatted(Dockerd.BUSYBOX));
    done("stack", "create", "plain", "-f", compose.toString());

    assertThat(app("plain").isMissingNode()).isTrue();
    assertThat(refused("app", "update", "plain")).contains("it was not installed as an app");
  }
}
