package community.cloudy.services.squid;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.services.spi.RunMode;
import community.cloudy.services.spi.TestCatalogue;
import community.cloudy.services.spi.TestContext;
import community.cloudy.services.spi.settings.Settings;
import community.cloudy.services.squid.settings.SquidSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** What tests with a real Squid need. */
final class SquidFixture {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SquidFixture() {}

  static void needsSquid() {
    assumeTrue(Files.isExecutable(Path.of("/usr/sbin/squid")), "needs squid");
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Makes a context in a folder through which Squid's user can pass. */
  static TestContext context(Path temporary) throws IOException {
    return context(temporary, new TestCatalogue());
  }

  static TestContext context(Path temporary, TestCatalogue catalogue) throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
    return new TestContext(
        "attic", "squid", temporary.resolve("squid"), RunMode.PROCESS, catalogue);
  }

  /** Returns settings: what is given, in single quotes, over a small proxy on that port. */
  static SquidSettings settings(int port, String json) throws IOException {
    ObjectNode node =
        (ObjectNode) JSON.readTree("{\"port\":" + port + ",\"disk_mb\":0,\"recheck\":\"1s\"}");
    node.setAll((ObjectNode) JSON.readTree(json.replace('\'', '"')));
    return Settings.bind(SquidSettings.class, node);
  }
}
