package community.cloudy.services.spi.render;

import community.cloudy.gossip.discovery.store.SafeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Who may read files: their owner, and a group.
 *
 * @param group empty for the owner alone
 */
record Access(Optional<String> group) {
  /** Makes a folder, if it is not there, in which the group may look. */
  void folder(Path folder) throws IOException {
    SafeFile.createFolder(folder);
    set(folder, group.isPresent() ? "rwxr-x---" : "rwx------");
  }

  /** Lets the group read a file. */
  void file(Path file) throws IOException {
    set(file, group.isPresent() ? "rw-r-----" : "rw-------");
  }

  private void set(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    if (group.isPresent()) {
      GroupPrincipal principal =
          path.getFileSystem()
              .getUserPrincipalLookupService()
              .lookupPrincipalByGroupName(group.get());
      Files.getFileAttributeView(path, PosixFileAttributeView.class).setGroup(principal);
    }
  }
}
