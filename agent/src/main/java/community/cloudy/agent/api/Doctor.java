package community.cloudy.agent.api;

import community.cloudy.agent.config.AgentConfig;
import community.cloudy.agent.config.ApiConfig;
import community.cloudy.agent.modules.ModuleState;
import community.cloudy.agent.people.FirstAdmin;
import community.cloudy.auth.Directory;
import community.cloudy.auth.LdapConfig;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.serf.Member;
import community.cloudy.gossip.serf.MemberStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Looks for what is wrong with a node. Changes nothing; looks at the disk. */
final class Doctor {
  private static final long LEAST_SPACE = 64L << 20;
  private static final long LEAST_MEMORY = 64L << 20;
  private static final Duration STEP = Duration.ofMinutes(2);
  private static final Instant WRITTEN = Instant.parse("2026-11-01T00:00:00Z");
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Node node;
  private final AgentConfig config;
  private final long startedNanos = System.nanoTime();
  private final Instant startedAt;

  Doctor(Node node) {
    this.node = node;
    config = node.config();
    startedAt = node.clock().instant();
  }

  List<Finding> look() {
    List<Finding> found = new ArrayList<>();
    found.add(clock());
    found.add(disk());
    found.add(memory());
    found.add(gossip());
    node.people()
        .directory()
        .ifPresent(directory -> directory.servers().forEach(server -> found.add(ldap(server))));
    node.modules().states().stream()
        .filter(state -> state.phase() != ModuleState.Phase.DISABLED)
        .forEach(state -> found.add(module(state)));
    found.addAll(warnings());
    found.add(permissions());
    return found;
  }

  private Finding module(ModuleState state) {
    String id = state.descriptor().id();
    String name = "module " + id;
    Optional<String> untold =
        state.status().services().stream()
            .flatMap(
                service ->
                    Optional.ofNullable(node.modules().notAnnounced().get(service.id())).stream())
            .findFirst();
    if (untold.isPresent()) {
      return new Finding(name, Diagnosis.MODULE_UNTOLD, Map.of("reason", untold.get()));
    }
    Health health = state.status().health();
    boolean well = health.state() == Health.State.OK;
    return new Finding(
        name,
        well ? Diagnosis.MODULE_WELL : Diagnosis.MODULE_ILL,
        Map.of("module", id, "evidence", health.evidence()));
  }

  private Finding clock() {
    Instant now = node.clock().instant();
    Duration run = Duration.ofNanos(System.nanoTime() - startedNanos);
    Duration stepped = Duration.between(startedAt, now).minus(run).abs();
    String time = now.toString();
    if (now.isBefore(WRITTEN)) {
      return new Finding("clock", Diagnosis.CLOCK_OVER, Map.of("time", time));
    }
    Optional<Path> later = fileFrom(now.plus(STEP));
    if (later.isPresent()) {
      String file = later.get().toString();
      return new Finding("clock", Diagnosis.CLOCK_BEHIND, Map.of("time", time, "file", file));
    }
    if (stepped.compareTo(STEP) > 0) {
      String seconds = Long.toString(stepped.toSeconds());
      return new Finding("clock", Diagnosis.CLOCK_STEPPED, Map.of("seconds", seconds));
    }
    return new Finding("clock", Diagnosis.CLOCK_RUNS, Map.of("time", time));
  }

  private Optional<Path> fileFrom(Instant time) {
    try (Stream<Path> files = Files.walk(config.node().data(), 2)) {
      return files.limit(1000).filter(file -> isFrom(file, time)).findFirst();
    } catch (IOException | java.io.UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static boolean isFrom(Path file, Instant time) {
    try {
      return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant().isAfter(time);
    } catch (IOException e) {
      return false;
    }
  }

  private Finding disk() {
    Path folder = config.node().data();
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      return new Finding(
          "disk",
          free < LEAST_SPACE ? Diagnosis.DISK_FULL : Diagnosis.DISK_ROOM,
          Map.of("free", mebibytes(free), "folder", folder.toString()));
    } catch (IOException e) {
      return new Finding("disk", Diagnosis.DISK_UNKNOWN, Map.of("reason", e.toString()));
    }
  }

  private static Finding memory() {
    try {
      Memory memory = Memory.now();
      return new Finding(
          "memory",
          memory.available() < LEAST_MEMORY ? Diagnosis.MEMORY_SHORT : Diagnosis.MEMORY_ROOM,
          Map.of(
              "available",
              mebibytes(memory.available()),
              "total",
              mebibytes(memory.total()),
              "agent",
              mebibytes(Metrics.residentBytes())));
    } catch (IOException e) {
      return new Finding("memory", Diagnosis.MEMORY_UNKNOWN, Map.of("reason", e.toString()));
    }
  }

  private static String mebibytes(long bytes) {
    return Long.toString(bytes >> 20);
  }

  private Finding gossip() {
    List<Member> members = node.community().members();
    MemberStatus own = node.community().localMember().status();
    if (own != MemberStatus.ALIVE) {
      return new Finding("gossip", Diagnosis.GOSSIP_LEFT, Map.of("status", own.text()));
    }
    long others = members.size() - 1L;
    long alive =
        members.stream().filter(member -> member.status() == MemberStatus.ALIVE).count() - 1;
    boolean alone = others == 0 && config.gossip().join().isEmpty();
    Diagnosis silent = alone ? Diagnosis.GOSSIP_ALONE : Diagnosis.GOSSIP_SILENT;
    return new Finding(
        "gossip",
        alive > 0 ? Diagnosis.GOSSIP_HEARD : silent,
        Map.of(
            "alive",
            Long.toString(alive),
            "others",
            Long.toString(others),
            "bind",
            config.gossip().bind().toString()));
  }

  private static Finding ldap(Directory.ServerState server) {
    Diagnosis diagnosis =
        switch (server.state()) {
          case OK -> Diagnosis.LDAP_ANSWERED;
          case FAILING -> Diagnosis.LDAP_FAILING;
          case UNKNOWN -> Diagnosis.LDAP_UNUSED;
        };
    return new Finding("ldap " + server.server(), diagnosis, Map.of("reason", server.reason()));
  }

  private List<Finding> warnings() {
    Map<Diagnosis, Boolean> all = new EnumMap<>(Diagnosis.class);
    all.put(
        Diagnosis.CONFIG_NOT_OPENED,
        !config.api().mayListen() && config.api().listen().isPresent());
    all.put(Diagnosis.CONFIG_INSECURE, config.api().insecure() && config.api().tls().isEmpty());
    all.put(
        Diagnosis.CONFIG_PLAIN_LDAP,
        config.auth().ldap().map(LdapConfig::security).filter(Doctor::isPlain).isPresent());
    all.put(Diagnosis.CONFIG_OPEN_GOSSIP, config.gossip().keys().isEmpty());
    all.put(
        Diagnosis.CONFIG_FIRST_PASSWORD,
        Files.exists(node.people().folder().resolve(FirstAdmin.FILE)));
    all.values().removeIf(holds -> !holds);
    Set<Diagnosis> found = all.isEmpty() ? Set.of(Diagnosis.CONFIG_SAFE) : all.keySet();
    return found.stream().map(one -> new Finding("config", one, Map.of())).toList();
  }

  private static boolean isPlain(LdapConfig.Security security) {
    return security.allowPlain() && !security.startTls();
  }

  private Finding permissions() {
    List<Path> open = secrets().filter(Doctor::isOpen).toList();
    return new Finding(
        "permissions",
        open.isEmpty() ? Diagnosis.SECRETS_KEPT : Diagnosis.SECRETS_OPEN,
        Map.of("files", open.toString()));
  }

  private Stream<Path> secrets() {
    Path data = config.node().data();
    Path people = node.people().folder();
    return Stream.of(
            // What is in a private folder is private.
            Stream.of(data).filter(Doctor::isOpen).flatMap(Doctor::inside),
            Stream.of(people),
            config.api().tls().map(ApiConfig.Tls::key).stream(),
            config.gossip().secretFiles().stream(),
            config.auth().bindPasswordFile().stream())
        .flatMap(files -> files);
  }

  private static Stream<Path> inside(Path folder) {
    return Stream.of(folder.resolve("identity"), folder.resolve("discovery"));
  }

  private static boolean isOpen(Path file) {
    try {
      Set<PosixFilePermission> modes = Files.getPosixFilePermissions(file);
      return OTHERS.stream().anyMatch(modes::contains);
    } catch (IOException e) {
      return false;
    }
  }
}
