package community.cloudy.containers.engine;

import java.util.List;
import java.util.Map;

/**
 * What lets a container out of its box. Whether it may is for the policy to say.
 *
 * @param privileged everything
 * @param addedCapabilities such as {@code NET_ADMIN}
 * @param droppedCapabilities such as {@code ALL}
 * @param devices as {@code /dev/dri:/dev/dri:rw}
 * @param securityOptions such as {@code no-new-privileges}
 * @param namespaces by what they separate ({@code pid}, {@code ipc}, {@code uts}, {@code user},
 *     {@code cgroup}): {@code host} or {@code container:…}
 * @param groups further groups of its user
 * @param sysctls kernel settings
 * @param volumesFrom containers whose mounts it gets
 * @param cgroupParent another parent group; empty for the engine's own
 * @param runtime another runtime; empty for the engine's own
 */
public record Privileges(
    boolean privileged,
    List<String> addedCapabilities,
    List<String> droppedCapabilities,
    List<String> devices,
    List<String> securityOptions,
    Map<String, String> namespaces,
    List<String> groups,
    Map<String, String> sysctls,
    List<String> volumesFrom,
    String cgroupParent,
    String runtime) {
  /** What the engine gives by itself. */
  public static final Privileges USUAL =
      new Privileges(
          false, List.of(), List.of(), List.of(), List.of(), Map.of(), List.of(), Map.of(),
          List.of(), "", "");

  /** Takes copies. */
  public Privileges {
    addedCapabilities = List.copyOf(addedCapabilities);
    droppedCapabilities = List.copyOf(droppedCapabilities);
    devices = List.copyOf(devices);
    securityOptions = List.copyOf(securityOptions);
    namespaces = Map.copyOf(namespaces);
    groups = List.copyOf(groups);
    sysctls = Map.copyOf(sysctls);
    volumesFrom = List.copyOf(volumesFrom);
  }

  /** Returns the same with other security options. */
  public Privileges withSecurityOptions(List<String> options) {
    return new Privileges(
        privileged,
        addedCapabilities,
        droppedCapabilities,
        devices,
        options,
        namespaces,
        groups,
        sysctls,
        volumesFrom,
        cgroupParent,
        runtime);
  }
}
