package community.cloudy.containers.engine;

import java.util.List;

/**
 * How an engine is set up.
 *
 * @param version what it is
 * @param root the folder where it keeps everything
 * @param storage its storage driver
 * @param cgroups 1 or 2: the version of control groups
 * @param limitsMemory whether it can limit memory; on some boards a boot flag is missing
 * @param liveRestore whether containers run on while it is restarted
 * @param warnings its own
 */
public record EngineInfo(
    EngineVersion version,
    String root,
    String storage,
    int cgroups,
    boolean limitsMemory,
    boolean liveRestore,
    List<String> warnings) {
  /** Takes copies. */
  public EngineInfo {
    warnings = warnings.stream().map(warning -> Words.clean(warning, 200)).toList();
  }
}
