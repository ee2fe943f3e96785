package community.cloudy.containers.engine;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.AuthConfig;
import community.cloudy.containers.engine.EngineException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/** The names and passwords for registries, in a file as {@code docker login} writes it. */
final class RegistryCredentials {
  private static final int MAX_FILE = 64 * 1024;

  /** The name that the engine's default registry has in such files. */
  private static final String DEFAULT = "https://index.docker.io/v1/";

  private RegistryCredentials() {}

  /**
   * Returns what to show to {@code registry}.
   *
   * @param registry host and port; empty for the engine's default
   * @throws EngineException INVALID if the file cannot be read
   */
  static Optional<AuthConfig> find(Path file, Optional<String> registry) {
    String name = registry.orElse(DEFAULT);
    try (InputStream in = Files.newInputStream(file)) {
      JsonNode auths = new ObjectMapper().readTree(in.readNBytes(MAX_FILE)).path("auths");
      String encoded = auths.path(name).path("auth").asText("");
      if (encoded.isEmpty()) {
        return Optional.empty();
      }
      String[] pair =
          new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8).split(":", 2);
      if (pair.length != 2) {
        throw unreadable(file, "the entry of " + name + " is not name:password in base64", null);
      }
      return Optional.of(
          new AuthConfig().withRegistryAddress(name).withUsername(pair[0]).withPassword(pair[1]));
    } catch (JacksonException | IllegalArgumentException e) {
      // Its message may quote the file.
      throw unreadable(file, "it is not what docker login writes", null);
    } catch (IOException e) {
      throw unreadable(file, "it cannot be read", e);
    }
  }

  private static EngineException unreadable(
      Path file, String reason, @org.jspecify.annotations.Nullable IOException cause) {
    String message = "Could not use the registry credentials in " + file + ": " + reason + ".";
    return cause == null
        ? new EngineException(Code.INVALID, message)
        : new EngineException(Code.INVALID, message, cause);
  }
}
