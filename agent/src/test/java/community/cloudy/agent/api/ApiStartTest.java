package community.cloudy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.agent.FakeCommunity;
import community.cloudy.agent.community.Changes;
import community.cloudy.agent.config.AgentConfig;
import community.cloudy.agent.config.ConfigFiles;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the API opens its socket and its port, and what may be in the way. */
final class ApiStartTest {
  @TempDir private Path folder;
  private final Changes changes = new Changes();
  private final FakeCommunity community = new FakeCommunity("attic", changes);
  private ApiServer server;
  private RawHttp unix;

  @BeforeEach
  void start() throws IOException {
    server = ApiServer.start(node());
    unix = RawHttp.unix(folder.resolve("sock"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Node node() throws IOException {
    return node("api: {listen: 127.0.0.1:0, socket: " + folder + "/sock}\n");
  }

  private Node node(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("cloudy.yaml"), yaml);
    AgentConfig config = new ConfigFiles(Optional.of(file), List.of()).load();
    return ApiRig.node(config, community, changes, folder);
  }

  @Test
  void runsOnWithoutTcpRatherThanListenBeyondLoopback() throws Exception {
    Node node = node("api: {listen: 0.0.0.0:0, socket: " + folder + "/other}\n");
    try (ApiServer api = ApiServer.start(node)) {
      assertThat(api.port()).isEmpty();
      assertThat(folder.resolve("other")).exists();
    }
  }

  @Test
  void listensBeyondLoopbackIfToldThatTheNetworkIsSafe() throws Exception {
    Node node = node("api: {listen: 0.0.0.0:0, insecure: true, socket: " + folder + "/other}\n");
    try (ApiServer api = ApiServer.start(node)) {
      assertThat(api.port()).isPresent();
    }
  }

  @Test
  void letsOwnerAndGroupUseTheSocketFile() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("sock"))))
        .isEqualTo("rw-rw----");
  }

  @Test
  void deletesTheSocketWhenItStops() {
    server.close();

    assertThat(folder.resolve("sock")).doesNotExist();
  }

  @Test
  void saysThatAnotherAgentAnswersOnTheSocket() {
    assertThatThrownBy(() -> ApiServer.start(node()))
        .isInstanceOf(ApiStartException.class)
        .hasMessageContaining("another agent answers on it");
    assertThat(folder.resolve("sock")).exists();
  }

  @Test
  void clearsAwayASocketNobodyAnswersOn() throws IOException {
    server.close();
    try (var left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      left.bind(UnixDomainSocketAddress.of(folder.resolve("sock")));
    }

    server = ApiServer.start(node());

    assertThat(unix.get("/healthz").status()).isEqualTo(200);
  }

  @Test
  void keepsAFileThatIsInTheWay() throws IOException {
    server.close();
    Files.writeString(folder.resolve("sock"), "precious");

    assertThatThrownBy(() -> ApiServer.start(node())).hasMessageContaining("a file is there");
    assertThat(folder.resolve("sock")).hasContent("precious");
  }

  @Test
  void saysThatThePortIsTaken() throws IOException {
    int port = server.port().orElseThrow();
    Node node = node("api: {listen: 127.0.0.1:%d, socket: }\n".formatted(port));

    assertThatThrownBy(() -> ApiServer.start(node))
        .isInstanceOf(ApiStartException.class)
        .hasMessageContaining("127.0.0.1:" + port)
        .hasMessageContaining("api.listen");
  }
}
