package community.cloudy.agent.backup;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Permissions as the nine bits of unix, of which the first permission is the highest. */
final class Mode {
  private static final int FIRST = 0400;

  private Mode() {}

  static int of(Set<PosixFilePermission> permissions) {
    int mode = 0;
    for (PosixFilePermission permission : permissions) {
      mode |= bit(permission);
    }
    return mode;
  }

  static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.allOf(PosixFilePermission.class);
    permissions.removeIf(permission -> (mode & bit(permission)) == 0);
    return permissions;
  }

  private static int bit(PosixFilePermission permission) {
    return FIRST >> permission.ordinal();
  }
}
