package community.cloudy.services.bind.named;

import community.cloudy.gossip.discovery.store.SafeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.Optional;

/**
 * Gives named's user what it needs of our folders, and no more.
 *
 * @param user whose rights named has, who has a group of that name; empty for the agent's
 */
public record Owner(Optional<String> user) {
  /** Lets it pass through a folder. */
  public void passable(Path folder) throws IOException {
    set(folder, "rwx--x---");
  }

  /** Lets it look into a folder, which is made if it is not there. */
  void shared(Path folder) throws IOException {
    SafeFile.createFolder(folder);
    set(folder, "rwxr-x---");
  }

  /** Lets it read a file. */
  void readable(Path file) throws IOException {
    set(file, "rw-r-----");
  }

  /** Gives it a folder or file to write. */
  public void owned(Path path) throws IOException {
    if (user.isPresent()) {
      Files.setOwner(path, lookup(path).lookupPrincipalByName(user.get()));
    }
  }

  private void set(Path path, String permissions) throws IOException {
    if (user.isPresent()) {
      GroupPrincipal group = lookup(path).lookupPrincipalByGroupName(user.get());
      Files.getFileAttributeView(path, PosixFileAttributeView.class).setGroup(group);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
  }

  private static UserPrincipalLookupService lookup(Path path) {
    return path.getFileSystem().getUserPrincipalLookupService();
  }
}
