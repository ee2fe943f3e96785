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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Looks for what is wrong with a node. Changes nothing; looks at the disk. */
final class Doctor {
  private static final long LEAST_SPACE = 64L << 20;
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
    String what = "module " + state.descriptor().id();
    String evidence = state.status().health().evidence();
    Optional<String> untold =
        state.status().services().stream()
            .flatMap(
                service ->
                    Optional.ofNullable(node.modules().notAnnounced().get(service.id())).stream())
            .findFirst();
    if (untold.isPresent()) {
      return Finding.failing(what, "it is not announced: " + untold.get(), "Mend that.");
    }
    return state.status().health().state() == Health.State.OK
        ? Finding.ok(what, evidence)
        : Finding.failing(
            what, evidence, "Look with: cloudy module logs " + state.descriptor().id());
  }

  private Finding clock() {
    Instant now = node.clock().instant();
    Duration run = Duration.ofNanos(System.nanoTime() - startedNanos);
    Duration stepped = Duration.between(startedAt, now).minus(run).abs();
    String remedy =
        "Set the clock, and keep it right with an NTP client such as systemd-timesyncd.";
    if (now.isBefore(WRITTEN)) {
      return Finding.failing("clock", "it says %s, which is over".formatted(now), remedy);
    }
    Optional<Path> later = fileFrom(now.plus(STEP));
    if (later.isPresent()) {
      return Finding.failing(
          "clock", "it says %s, but %s is from later".formatted(now, later.get()), remedy);
    }
    if (stepped.compareTo(STEP) > 0) {
      return Finding.failing(
          "clock",
          "it was set by %d s since the agent started".formatted(stepped.toSeconds()),
          remedy);
    }
    return Finding.ok("clock", "it says " + now);
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
      String evidence = "%d MiB are free for %s".formatted(free >> 20, folder);
      return free < LEAST_SPACE
          ? Finding.failing("disk", evidence, "Make room: the node cannot keep its state soon.")
          : Finding.ok("disk", evidence);
    } catch (IOException e) {
      return Finding.unknown("disk", e.toString(), "Check the folder of node.data.");
    }
  }

  private Finding gossip() {
    List<Member> members = node.community().members();
    MemberStatus own = node.community().localMember().status();
    long others = members.size() - 1L;
    long alive =
        members.stream().filter(member -> member.status() == MemberStatus.ALIVE).count()
            - (own == MemberStatus.ALIVE ? 1 : 0);
    String evidence = "%d of %d other members are alive".formatted(alive, others);
    if (own != MemberStatus.ALIVE) {
      return Finding.failing(
          "gossip", "this node is " + own.text(), "Start the agent again to return.");
    }
    if (alive > 0) {
      return Finding.ok("gossip", evidence);
    }
    String remedy =
        "Let UDP and TCP of %s through, both ways, and check gossip.join and the gossip key."
            .formatted(config.gossip().bind());
    return others == 0 && config.gossip().join().isEmpty()
        ? Finding.unknown("gossip", "there is no other member, and gossip.join names none", remedy)
        : Finding.failing("gossip", evidence, remedy);
  }

  private static Finding ldap(Directory.ServerState server) {
    String name = "ldap " + server.server();
    String remedy = "Run cloudy ldap test USER for each step.";
    return switch (server.state()) {
      case OK -> Finding.ok(name, "it answered the last login");
      case FAILING -> Finding.failing(name, server.reason(), remedy);
      case UNKNOWN -> Finding.unknown(name, "nobody has logged in yet", remedy);
    };
  }

  private List<Finding> warnings() {
    List<Finding> found = new ArrayList<>();
    warn(
        found,
        !config.api().mayListen() && config.api().listen().isPresent(),
        "api.listen is beyond loopback without TLS, so it is not opened",
        "Set api.tls, or listen on loopback.");
    warn(
        found,
        config.api().insecure() && config.api().tls().isEmpty(),
        "api.insecure lets passwords and tokens cross the network readable",
        "Set api.tls and take api.insecure away.");
    warn(
        found,
        config.auth().ldap().map(LdapConfig::security).filter(Doctor::isPlain).isPresent(),
        "auth.ldap.allow_plain lets passwords cross the network readable",
        "Use ldaps:// or start_tls, and take allow_plain away.");
    warn(
        found,
        config.gossip().keys().isEmpty(),
        "gossip is not encrypted: whoever reaches the port can join",
        "Make a key with cloudy keygen and name it in gossip.encrypt_key_file on all nodes.");
    warn(
        found,
        Files.exists(node.people().folder().resolve(FirstAdmin.FILE)),
        "the first admin's password still lies in a file",
        "Change it with cloudy user passwd admin; that deletes the file.");
    return found.isEmpty() ? List.of(Finding.ok("config", "nothing is unsafe")) : found;
  }

  private static boolean isPlain(LdapConfig.Security security) {
    return security.allowPlain() && !security.startTls();
  }

  private static void warn(List<Finding> found, boolean holds, String evidence, String remedy) {
    if (holds) {
      found.add(Finding.failing("config", evidence, remedy));
    }
  }

  private Finding permissions() {
    List<Path> open = secrets().filter(Doctor::isOpen).toList();
    return open.isEmpty()
        ? Finding.ok("permissions", "only the agent's user reads what must stay secret")
        : Finding.failing(
            "permissions",
            "other users may use " + open,
            "Take their rights away: chmod go-rwx, and chown to the agent's user.");
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
