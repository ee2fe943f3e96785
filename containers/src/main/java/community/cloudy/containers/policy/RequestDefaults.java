package community.cloudy.containers.policy;

import community.cloudy.containers.engine.ContainerRequest;
import community.cloudy.containers.engine.Limits;
import community.cloudy.containers.engine.Privileges;
import community.cloudy.containers.engine.PublishedPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A container that is to be made: with what it should have said, and in the engine's words. */
final class RequestDefaults {
  private RequestDefaults() {}

  static ContainerRequest apply(ContainerRequest request, Judging judging) {
    Limits limits = judging.settings().limits();
    Limits own = request.limits();
    Map<String, String> log = new HashMap<>(request.log());
    log.putIfAbsent("max-size", "10m");
    log.putIfAbsent("max-file", "3");
    PortRules rules = new PortRules(judging);
    List<PublishedPort> ports = new ArrayList<>();
    for (PublishedPort port : request.ports()) {
      String address = rules.address(Key.ROOT.then("PortBindings"), port.address());
      ports.add(new PublishedPort(address, port.port(), port.containerPort(), port.protocol()));
    }
    return request
        .with()
        .limits(
            new Limits(
                own.memory() > 0 ? own.memory() : limits.memory(),
                own.cpus() > 0 ? own.cpus() : limits.cpus(),
                own.pids() > 0 ? own.pids() : limits.pids()))
        .log(log)
        .ports(ports)
        .privileges(hardened(request.privileges()))
        .build();
  }

  private static Privileges hardened(Privileges privileges) {
    List<String> options = new ArrayList<>(privileges.securityOptions());
    if (options.stream().noneMatch(option -> option.startsWith("no-new-privileges"))) {
      options.add("no-new-privileges");
    }
    return privileges.withSecurityOptions(options);
  }

  /** Returns what the engine would call {@code HostConfig}, as far as it says anything. */
  static Map<String, Object> hostConfig(ContainerRequest request) {
    Privileges privileges = request.privileges();
    Map<String, Object> host = new LinkedHashMap<>();
    host.put("Privileged", privileges.privileged());
    host.put("CapAdd", privileges.addedCapabilities());
    host.put("Devices", privileges.devices().stream().map(RequestDefaults::device).toList());
    host.put("SecurityOpt", privileges.securityOptions());
    host.put("Sysctls", privileges.sysctls());
    host.put("VolumesFrom", privileges.volumesFrom());
    host.put("CgroupParent", privileges.cgroupParent());
    host.put("Runtime", privileges.runtime());
    Map<String, String> namespaces = privileges.namespaces();
    host.put("PidMode", namespaces.getOrDefault("pid", ""));
    host.put("IpcMode", namespaces.getOrDefault("ipc", ""));
    host.put("UTSMode", namespaces.getOrDefault("uts", ""));
    host.put("UsernsMode", namespaces.getOrDefault("user", ""));
    host.put("Cgroup", namespaces.getOrDefault("cgroup", ""));
    host.put("NetworkMode", request.network().orElse(""));
    host.put("LogConfig", Map.of("Config", request.log()));
    host.put("Memory", request.limits().memory());
    host.put("NanoCpus", request.limits().cpus() * 1_000_000);
    host.put("PidsLimit", request.limits().pids());
    host.put("PortBindings", ports(request.ports()));
    return host;
  }

  private static Map<String, Object> device(String text) {
    return Map.of("PathOnHost", text.split(":", 2)[0]);
  }

  private static Map<String, Object> ports(List<PublishedPort> ports) {
    Map<String, Object> bindings = new LinkedHashMap<>();
    for (int i = 0; i < ports.size(); i++) {
      bindings.put(Integer.toString(i), List.of(Map.of("HostIp", ports.get(i).address())));
    }
    return bindings;
  }
}
