package community.cloudy.containers.engine;

import java.util.Map;

/**
 * A place in a container where something of the node is seen.
 *
 * @param kind what is seen there
 * @param source a volume's name, or the node's path of a bind; empty for memory and for a volume
 *     without a name
 * @param target the path in the container
 * @param readOnly whether the container must not write there
 * @param options how the volume's driver is to make a volume that is not there yet; empty for what
 *     was inspected: ask {@link VolumeApi#inspect}
 */
public record Mount(
    Kind kind, String source, String target, boolean readOnly, Map<String, String> options) {
  private static final int MAX_PATH = 4096;

  /** What is seen. */
  public enum Kind {
    /** A volume that the engine keeps. */
    VOLUME,
    /** A file or folder of the node. */
    BIND,
    /** Memory. */
    TMPFS,
    /** Something else that the engine knows. */
    OTHER
  }

  /** Checks the paths and the volume's name. */
  public Mount {
    options = Map.copyOf(options);
    if (!target.startsWith("/") || target.length() > MAX_PATH) {
      throw Names.invalid("mount's target", "must be an absolute path");
    }
    if (kind == Kind.BIND && (!source.startsWith("/") || source.length() > MAX_PATH)) {
      throw Names.invalid("mount's source", "must be an absolute path");
    }
    if (kind == Kind.VOLUME && !source.isEmpty()) {
      Names.volume(source);
    }
    if (source.indexOf('\0') >= 0 || target.indexOf('\0') >= 0) {
      throw Names.invalid("mount", "must not hold NUL");
    }
  }
}
