package community.cloudy.containers.stacks;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What should be of a stack, and how far it is: written before each step, so that whoever starts
 * after a crash knows what was meant.
 *
 * @param up whether it should run
 * @param applied the version that was last applied with success; 0 for none
 * @param intended the version being applied; 0 while none is
 * @param folder an adopted stack's folder; empty for one of ours
 * @param file the Compose file's name in it
 * @param problem why the last change did not succeed; empty if it did
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Journal(boolean up, int applied, int intended, String folder, String file, String problem) {
  static final Journal NEW = new Journal(false, 0, 0, "", StackFiles.COMPOSE, "");

  Journal {
    folder = folder == null ? "" : folder;
    problem = problem == null ? "" : problem;
    if (applied < 0 || intended < 0 || file == null) {
      throw new IllegalArgumentException("a stack's journal has versions and a file");
    }
    StackFiles.checkPath(file);
  }

  Optional<Path> adopted() {
    return folder.isEmpty() ? Optional.empty() : Optional.of(Path.of(folder));
  }

  Journal up(boolean now) {
    return new Journal(now, applied, intended, folder, file, problem);
  }

  /** Returns this with an update to {@code version} begun. */
  Journal intend(int version) {
    return new Journal(up, applied, version, folder, file, problem);
  }

  /** Returns this with the update done. */
  Journal applied(int version) {
    return new Journal(up, version, 0, folder, file, "");
  }

  /** Returns this with the update given up for {@code reason}. */
  Journal failed(String reason) {
    return new Journal(up, applied, 0, folder, file, reason);
  }
}
