package community.cloudy.containers.stacks;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import community.cloudy.containers.Links;
import community.cloudy.containers.policy.Exceptions;
import community.cloudy.containers.policy.Policy;
import community.cloudy.containers.policy.Scope;
import community.cloudy.containers.policy.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The real Compose with the policy of a node at 10.1.2.3; no engine is needed to resolve. */
final class RealCompose {
  static final String ADDRESS = "10.1.2.3";
  static final Policy POLICY =
      new Policy(Settings.of(Settings.LIMITS, ADDRESS, Path.of("/var/run/docker.sock")));

  private final Path root;
  private final Compose compose;

  private RealCompose(Path root, Compose compose) {
    this.root = root;
    this.compose = compose;
  }

  static RealCompose in(Path root) {
    return new RealCompose(root, find(root.resolve("no.sock"), root));
  }

  /**
   * Finds Compose. To try the engine's plugin instead of {@code docker-compose}, put it into {@code
   * FOLDER/.docker/cli-plugins} and set {@code compose.home} to FOLDER.
   */
  static Compose find(Path socket, Path home) {
    String chosen = System.getProperty("compose.home", home.toString());
    Optional<Compose> compose = Compose.find(socket, Path.of(chosen));
    assumeTrue(compose.isPresent(), "needs docker compose or docker-compose");
    return compose.get();
  }

  static StackFiles files(Map<String, String> texts) {
    TreeMap<String, byte[]> content = new TreeMap<>();
    texts.forEach((name, text) -> content.put(name, text.getBytes(StandardCharsets.UTF_8)));
    return new StackFiles(content);
  }

  Path folder() {
    return root.resolve("stack");
  }

  /** Puts the files into the stack's folder, and resolves and judges them there. */
  Resolver.Resolved resolve(Exceptions exceptions, Map<String, String> texts) throws IOException {
    Files.createDirectories(folder());
    StackFolder folder = new StackFolder(folder());
    folder.write(files(texts));
    Path staging = Files.createTempDirectory(root, "staging");
    Path empty = root.resolve("empty.env");
    Files.writeString(empty, "");
    Scope scope = new Scope("stack", Optional.of(folder()), exceptions, Set.of(), Links::follow);
    return new Resolver(compose, POLICY)
        .resolve(scope, StackFiles.COMPOSE, folder::read, new StackFolder(staging), empty);
  }
}
