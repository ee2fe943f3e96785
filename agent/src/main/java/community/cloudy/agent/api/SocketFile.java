package community.cloudy.agent.api;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a unix socket: for its owner and its group, which is {@code cloudy} where there is
 * one.
 *
 * @param path where it is
 */
record SocketFile(Path path) {
  private static final Logger log = LoggerFactory.getLogger(SocketFile.class);
  private static final String GROUP = "cloudy";

  /**
   * Makes way for a socket: its folder exists, and what a killed agent left behind is gone.
   *
   * @throws ApiStartException if something else is in the way
   */
  static SocketFile prepare(Path path) {
    try {
      Path folder = path.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        removeStale(path);
      }
      return new SocketFile(path);
    } catch (IOException e) {
      throw new ApiStartException(
          ("Could not make the socket %s: %s. Make its folder writable for this user, or choose"
                  + " another with api.socket.")
              .formatted(path, e.getMessage()),
          e);
    }
  }

  private static void removeStale(Path path) throws IOException {
    boolean socket =
        Files.readAttributes(
                path, java.nio.file.attribute.BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
            .isOther();
    if (!socket) {
      throw new ApiStartException(
          "Could not make the socket %s: a file is there. Remove it, or choose another with api.socket."
              .formatted(path));
    }
    if (answers(path)) {
      throw new ApiStartException(
          ("Could not make the socket %s: another agent answers on it. Stop that one, or choose"
                  + " another with api.socket.")
              .formatted(path));
    }
    Files.delete(path);
  }

  private static boolean answers(Path path) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return channel.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Sets mode and group; returns who may do what: root and the socket's owner everything. */
  SocketUsers open(List<String> operators) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
    UserPrincipalLookupService users = FileSystems.getDefault().getUserPrincipalLookupService();
    setGroup(users);
    Set<UserPrincipal> admins = new HashSet<>();
    admins.add(Files.getOwner(path));
    admins.add(users.lookupPrincipalByName("root"));
    Set<UserPrincipal> named = new HashSet<>();
    for (String operator : operators) {
      try {
        named.add(users.lookupPrincipalByName(operator));
      } catch (UserPrincipalNotFoundException e) {
        log.warn("No such user, who would be an operator user={} key=api.operators", operator);
      }
    }
    return new SocketUsers(admins, named);
  }

  private void setGroup(UserPrincipalLookupService users) {
    try {
      GroupPrincipal group = users.lookupPrincipalByGroupName(GROUP);
      Files.getFileAttributeView(path, PosixFileAttributeView.class).setGroup(group);
    } catch (IOException e) {
      // No such group, or not ours to give away: then only the owner's group reads.
      log.debug("Socket keeps its group path={} reason={}", path, e.getMessage());
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      log.warn("Could not delete the socket path={} reason={}", path, e.getMessage());
    }
  }
}
