package community.cloudy.agent.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The token that a login left on this machine, in a private file: one line of the API's address,
 * the token's owner and name, and the token. It is shown to that address alone.
 */
final class Credentials {
  private static final int MAX_BYTES = 4096;

  private final Path file;

  /** Names the file: {@code cloudy/token} in the folder of the XDG base directory specification. */
  Credentials(Map<String, String> environment) {
    String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
    String home = environment.getOrDefault("HOME", ".");
    Path folder = config.isEmpty() ? Path.of(home, ".config") : Path.of(config);
    file = folder.resolve("cloudy").resolve("token");
  }

  /**
   * What is kept.
   *
   * @param address of the API
   * @param owner the login of who made the token
   * @param name what the token is called
   * @param token what it is known by
   */
  record Kept(String address, String owner, String name, String token) {}

  Path file() {
    return file;
  }

  /** Returns what is kept for {@code address}. */
  Optional<Kept> find(ApiAddress address) {
    try (var in = Files.newInputStream(file)) {
      String[] parts =
          new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).strip().split("\t", -1);
      return parts.length == 4 && parts[0].equals(address.text())
          ? Optional.of(new Kept(parts[0], parts[1], parts[2], parts[3]))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("read", e);
    }
  }

  void keep(Kept kept) {
    String line = String.join("\t", kept.address(), kept.owner(), kept.name(), kept.token());
    Path beside = file.resolveSibling("token.new");
    try {
      Files.createDirectories(file.resolveSibling("."));
      Files.deleteIfExists(beside);
      Files.write(beside, new byte[0], StandardOpenOption.CREATE_NEW);
      Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-------"));
      Files.write(beside, List.of(line));
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failed("write", e);
    }
  }

  void forget() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failed("delete", e);
    }
  }

  private CliException failed(String verb, IOException e) {
    return new CliException(
        Cloudy.FAILED,
        "Could not %s %s: %s.".formatted(verb, file, String.valueOf(e.getMessage())));
  }
}
