package community.cloudy.services.spi.render;

import community.cloudy.gossip.discovery.store.SafeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.Optional;

/**
 * What a service's user is given of our folders and files, and no more. Nobody else has anything of
 * them.
 *
 * @param user whom the service runs as, who has a group of the same name; empty for the agent's own
 */
public record Rights(Optional<String> user) {
  /** Makes a folder, if it is not there, in which the user may look. */
  public void folder(Path folder) throws IOException {
    SafeFile.createFolder(folder);
    share(folder, "rwxr-x---");
  }

  /** Lets the user pass through a folder. */
  public void passable(Path folder) throws IOException {
    share(folder, "rwx--x---");
  }

  /** Lets the user read a file. */
  public void readable(Path file) throws IOException {
    share(file, "rw-r-----");
  }

  /** Lets the user call at a socket. */
  public void callable(Path socket) throws IOException {
    share(socket, "rw-rw----");
  }

  /** Gives the user a folder or file to write. */
  public void owned(Path path) throws IOException {
    if (user.isPresent()) {
      Files.setOwner(path, lookup(path).lookupPrincipalByName(user.get()));
    }
  }

  private void share(Path path, String permissions) throws IOException {
    String own = permissions;
    if (user.isPresent()) {
      Files.getFileAttributeView(path, PosixFileAttributeView.class)
          .setGroup(lookup(path).lookupPrincipalByGroupName(user.get()));
    } else {
      own = permissions.substring(0, 3) + "------";
    }
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(own));
  }

  private static UserPrincipalLookupService lookup(Path path) {
    return path.getFileSystem().getUserPrincipalLookupService();
  }
}
