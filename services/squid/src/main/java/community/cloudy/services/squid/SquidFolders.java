package community.cloudy.services.squid;

import community.cloudy.gossip.discovery.store.SafeFile;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import community.cloudy.services.spi.render.Rights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where things lie besides Squid's file: {@code work}, which is Squid's own; {@code door}, in which
 * only Squid's group finds the socket for logins.
 *
 * @param root the module's folder
 * @param user whom Squid runs as, and whose group has the same name; empty for the agent's own
 */
record SquidFolders(Path root, Optional<String> user) {
  private static final int MAX_LIST = 1 << 20;

  Path work() {
    return root.resolve("work");
  }

  Path door() {
    return root.resolve("door").resolve("login.sock");
  }

  private Path federation() {
    return root.resolve("federation.txt");
  }

  /** Makes them for whom they are for. */
  void make() {
    try {
      SafeFile.createFolder(root);
      SafeFile.createFolder(work());
      SafeFile.createFolder(door().resolveSibling(""));
      rights().passable(root);
      rights().passable(door().resolveSibling(""));
      rights().owned(work());
    } catch (IOException e) {
      throw failed("make the folders of Squid in", e);
    }
  }

  /** Lets Squid's group use the socket. */
  void openDoor() {
    try {
      rights().callable(door());
    } catch (IOException e) {
      throw failed("open the socket for logins in", e);
    }
  }

  private Rights rights() {
    return new Rights(user);
  }

  /** Returns the list of the federation that was imported, as it was. */
  Optional<String> readFederation() {
    try {
      return Files.exists(federation())
          ? Optional.of(new String(SafeFile.read(federation(), MAX_LIST), StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IOException e) {
      throw failed("read the list of the federation in", e);
    }
  }

  /** Keeps a list of the federation, or none. */
  void writeFederation(Optional<String> text) {
    try {
      if (text.isPresent()) {
        byte[] bytes = text.get().getBytes(StandardCharsets.UTF_8);
        SafeFile.write(federation(), bytes, "rw-------");
      } else {
        Files.deleteIfExists(federation());
      }
    } catch (IOException e) {
      throw failed("write the list of the federation in", e);
    }
  }

  private ServiceException failed(String action, IOException e) {
    return new ServiceException(
        Code.FAILED,
        "Could not %s %s: %s. Make room or give the agent the rights, and try again."
            .formatted(action, root, e),
        e);
  }
}
