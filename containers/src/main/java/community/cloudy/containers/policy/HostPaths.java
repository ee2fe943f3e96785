package community.cloudy.containers.policy;

import community.cloudy.containers.policy.Grant.Kind;
import java.nio.file.Path;
import java.util.Optional;

/** Says which files of the node a container may have: its stack's folder, and what was granted. */
final class HostPaths {
  private final Settings settings;
  private final Scope scope;

  HostPaths(Settings settings, Scope scope) {
    this.settings = settings;
    this.scope = scope;
  }

  /** Refuses {@code text} at {@code key} unless it is a path a container may have. */
  void judge(Findings findings, Key key, String text) {
    Optional<Path> path = absolute(text);
    if (path.isEmpty()) {
      findings.malformed(key, "an absolute path without ..");
      return;
    }
    Path real = scope.real().apply(path.get());
    if (reachesEngine(path.get()) || reachesEngine(real)) {
      String reason = "reaches the engine's socket, which is the whole machine";
      findings.refuseUngranted(key, reason, Kind.ENGINE_SOCKET, "");
    }
    if (!inFolder(path.get(), real) && !granted(path.get(), real)) {
      String link = real.equals(path.get()) ? "" : ", a link to " + real + ",";
      findings.refuse(
          key,
          "reaches " + path.get() + link + " outside the stack's folder",
          "Use a named volume or a path beginning with ./, or ask an admin for the exception "
              + Kind.BIND.word()
              + ":"
              + real
              + ".");
    }
  }

  /** Returns {@code text} as a path, if it is absolute and goes nowhere up. */
  static Optional<Path> absolute(String text) {
    if (!text.startsWith("/") || text.indexOf('\0') >= 0 || text.length() > 4096) {
      return Optional.empty();
    }
    Path path = Path.of(text);
    return path.equals(path.normalize()) ? Optional.of(path) : Optional.empty();
  }

  private boolean inFolder(Path path, Path real) {
    return scope.folder().stream()
        .anyMatch(f -> path.startsWith(f) && real.startsWith(scope.real().apply(f)));
  }

  private boolean granted(Path path, Path real) {
    return scope.exceptions().values(Kind.BIND).stream()
        .map(Path::of)
        .anyMatch(g -> path.startsWith(g) && real.startsWith(scope.real().apply(g)));
  }

  private boolean reachesEngine(Path path) {
    Path socket = settings.engineSocket();
    return socket.startsWith(path) || scope.real().apply(socket).startsWith(path);
  }
}
