package community.cloudy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import community.cloudy.agent.FakeCommunity;
import community.cloudy.agent.community.Changes;
import community.cloudy.agent.config.AgentConfig;
import community.cloudy.agent.config.ConfigFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another user of this machine may do over the socket, by the kernel's word. */
final class PeerCredentialsIT {
  private static final String NOBODY = "65534";

  @TempDir private Path folder;
  private final Changes changes = new Changes();
  private final FakeCommunity community = new FakeCommunity("attic", changes);
  private Optional<ApiServer> server = Optional.empty();

  @BeforeEach
  void start() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "needs root to become another user");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "needs setpriv");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "needs curl");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    serve("[]");
  }

  private void serve(String operators) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("cloudy.yaml"),
            "api: {listen: , socket: %s/sock, operators: %s}".formatted(folder, operators));
    AgentConfig config = new ConfigFiles(Optional.of(file), List.of()).load();
    server = Optional.of(ApiServer.start(ApiRig.node(config, community, changes, folder)));
  }

  @AfterEach
  void stop() {
    server.ifPresent(ApiServer::close);
  }

  private String status(String group, String... curl) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "setpriv", "--reuid", NOBODY, "--regid", group, "--clear-groups", "curl", "-s"));
    command.addAll(List.of("-o", "/dev/null", "-w", "%{http_code}", "--max-time", "20"));
    command.addAll(List.of("--unix-socket", folder + "/sock"));
    command.addAll(List.of(curl));
    Process process = new ProcessBuilder(command).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out;
  }

  @Test
  void theSocketsGroupReadsButChangesNothing() throws Exception {
    String group = Files.getAttribute(folder.resolve("sock"), "unix:gid").toString();

    assertThat(status(group, "http://node/v1/members")).isEqualTo("200");
    assertThat(status(group, "-X", "POST", "http://node/v1/leave")).isEqualTo("403");
    assertThat(status(group, "http://node/v1/keys")).isEqualTo("403");
    assertThat(community.asked()).isEmpty();
  }

  @Test
  void operatorsRunServicesButDecideNothing() throws Exception {
    stop();
    serve("[nobody, no-such-user]");
    String group = Files.getAttribute(folder.resolve("sock"), "unix:gid").toString();

    assertThat(status(group, "-X", "PUT", "http://node/v1/agent/tags")).isEqualTo("200");
    assertThat(status(group, "-X", "POST", "http://node/v1/leave")).isEqualTo("403");
    assertThat(community.asked()).containsExactly("tags {} without []");
  }

  @Test
  void othersCannotConnect() throws Exception {
    assertThat(status(NOBODY, "http://node/v1/members")).isEqualTo("000");
  }
}
