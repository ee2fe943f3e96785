package community.cloudy.containers.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Device;
import com.github.dockerjava.api.model.Driver;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.InternetProtocol;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import com.github.dockerjava.api.model.VolumeOptions;
import com.github.dockerjava.api.model.VolumesFrom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Writes a request in docker-java's words. */
final class ContainerMaker {
  private static final long NANO_CPUS_PER_THOUSANDTH = 1_000_000;

  private ContainerMaker() {}

  static CreateContainerCmd command(DockerClient client, ContainerRequest request) {
    Program program = request.program();
    CreateContainerCmd command =
        client
            .createContainerCmd(request.image().address())
            .withEnv(
                program.environment().entrySet().stream()
                    .map(variable -> variable.getKey() + "=" + variable.getValue())
                    .toList())
            .withLabels(request.labels())
            .withTty(program.tty())
            .withExposedPorts(request.ports().stream().map(ContainerMaker::exposed).toList())
            .withHostConfig(hostConfig(request));
    request.name().ifPresent(command::withName);
    if (!program.entrypoint().isEmpty()) {
      command.withEntrypoint(program.entrypoint());
    }
    if (!program.command().isEmpty()) {
      command.withCmd(program.command());
    }
    program.user().ifPresent(command::withUser);
    program.folder().ifPresent(command::withWorkingDir);
    request.health().ifPresent(probe -> command.withHealthcheck(healthCheck(probe)));
    return command;
  }

  private static HealthCheck healthCheck(HealthProbe probe) {
    return new HealthCheck()
        .withTest(Stream.concat(Stream.of("CMD"), probe.command().stream()).toList())
        .withInterval(probe.interval().toNanos())
        .withTimeout(probe.timeout().toNanos())
        .withStartPeriod(probe.startPeriod().toNanos())
        .withRetries(probe.retries());
  }

  private static HostConfig hostConfig(ContainerRequest request) {
    HostConfig config =
        HostConfig.newHostConfig()
            .withPortBindings(request.ports().stream().map(ContainerMaker::binding).toList())
            .withMounts(request.mounts().stream().map(ContainerMaker::mount).toList())
            .withRestartPolicy(
                com.github.dockerjava.api.model.RestartPolicy.parse(request.restart().text()))
            .withReadonlyRootfs(request.readOnly())
            .withInit(request.program().init());
    request.network().ifPresent(config::withNetworkMode);
    if (!request.log().isEmpty()) {
      config.withLogConfig(new LogConfig(LogConfig.LoggingType.JSON_FILE, request.log()));
    }
    limit(config, request.limits());
    free(config, request.privileges());
    return config;
  }

  private static void limit(HostConfig config, Limits limits) {
    if (limits.memory() > 0) {
      config.withMemory(limits.memory()).withMemorySwap(limits.memory());
    }
    if (limits.cpus() > 0) {
      config.withNanoCPUs(limits.cpus() * NANO_CPUS_PER_THOUSANDTH);
    }
    if (limits.pids() > 0) {
      config.withPidsLimit(limits.pids());
    }
  }

  private static void free(HostConfig config, Privileges privileges) {
    config
        .withPrivileged(privileges.privileged())
        .withCapAdd(capabilities(privileges.addedCapabilities()))
        .withCapDrop(capabilities(privileges.droppedCapabilities()))
        .withDevices(privileges.devices().stream().map(ContainerMaker::device).toList())
        .withSecurityOpts(privileges.securityOptions())
        .withGroupAdd(privileges.groups())
        .withSysctls(privileges.sysctls())
        .withVolumesFrom(
            privileges.volumesFrom().stream().map(VolumesFrom::parse).toArray(VolumesFrom[]::new));
    if (!privileges.cgroupParent().isEmpty()) {
      config.withCgroupParent(privileges.cgroupParent());
    }
    if (!privileges.runtime().isEmpty()) {
      config.withRuntime(privileges.runtime());
    }
    privileges.namespaces().forEach((space, mode) -> join(config, space, mode));
  }

  private static void join(HostConfig config, String namespace, String mode) {
    switch (namespace) {
      case "pid" -> config.withPidMode(mode);
      case "ipc" -> config.withIpcMode(mode);
      case "uts" -> config.withUtSMode(mode);
      case "user" -> config.withUsernsMode(mode);
      case "cgroup" -> config.withCgroupnsMode(mode);
      default -> throw Names.invalid("namespace", "must be pid, ipc, uts, user or cgroup");
    }
  }

  private static Capability[] capabilities(List<String> names) {
    List<Capability> capabilities = new ArrayList<>();
    for (String name : names) {
      String upper = name.toUpperCase(Locale.ROOT);
      try {
        capabilities.add(Capability.valueOf(upper.startsWith("CAP_") ? upper.substring(4) : upper));
      } catch (IllegalArgumentException e) {
        throw Names.invalid("capability", "must be one that the kernel knows, such as NET_ADMIN");
      }
    }
    return capabilities.toArray(Capability[]::new);
  }

  private static Device device(String text) {
    try {
      return Device.parse(text);
    } catch (IllegalArgumentException e) {
      throw Names.invalid("device", "must be like /dev/dri:/dev/dri:rw");
    }
  }

  private static ExposedPort exposed(PublishedPort port) {
    return new ExposedPort(port.containerPort(), InternetProtocol.parse(port.protocol().text()));
  }

  private static PortBinding binding(PublishedPort port) {
    String hostPort = port.port() == 0 ? "" : Integer.toString(port.port());
    return new PortBinding(
        new Binding(port.address().isEmpty() ? null : port.address(), hostPort), exposed(port));
  }

  private static com.github.dockerjava.api.model.Mount mount(Mount mount) {
    com.github.dockerjava.api.model.Mount written =
        new com.github.dockerjava.api.model.Mount()
            .withTarget(mount.target())
            .withReadOnly(mount.readOnly())
            .withType(
                switch (mount.kind()) {
                  case VOLUME -> MountType.VOLUME;
                  case BIND -> MountType.BIND;
                  case TMPFS -> MountType.TMPFS;
                  case OTHER -> throw Names.invalid("mount", "must be a volume, bind or tmpfs");
                });
    if (!mount.source().isEmpty()) {
      written.withSource(mount.source());
    }
    Map<String, String> options = mount.options();
    if (mount.kind() == Mount.Kind.VOLUME && !options.isEmpty()) {
      written.withVolumeOptions(
          new VolumeOptions()
              .withDriverConfig(new Driver().withName("local").withOptions(options)));
    }
    return written;
  }
}
