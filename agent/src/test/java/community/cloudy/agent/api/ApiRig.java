package community.cloudy.agent.api;

import community.cloudy.agent.FakeCommunity;
import community.cloudy.agent.community.Changes;
import community.cloudy.agent.config.AgentConfig;
import community.cloudy.agent.config.ConfigFiles;
import community.cloudy.agent.config.DropIns;
import community.cloudy.agent.containers.ContainerHost;
import community.cloudy.agent.events.EventLog;
import community.cloudy.agent.events.EventType;
import community.cloudy.agent.json.Json;
import community.cloudy.agent.modules.ModuleEvents;
import community.cloudy.agent.modules.ModuleHost;
import community.cloudy.agent.people.People;
import community.cloudy.auth.Person;
import community.cloudy.auth.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An API on a socket in a folder, and on a port, that answers for a fake community. */
public final class ApiRig implements AutoCloseable {
  private final Path folder;
  private final Changes changes = new Changes();
  private final FakeCommunity community = new FakeCommunity("attic", changes);
  private final ManualClock clock = new ManualClock();
  private final AgentConfig config;
  private final People people;
  private final Optional<ContainerHost> containers;
  private final ModuleHost modules;
  private final Map<Role, String> tokens = new EnumMap<>(Role.class);
  private ApiServer server;

  public ApiRig(Path folder) throws IOException {
    this(folder, "");
  }

  /**
   * Starts with more configuration.
   *
   * @param api keys of the section {@code api} in braces, each with a comma before it
   * @param sections after it
   */
  public ApiRig(Path folder, String api, String... sections) throws IOException {
    this.folder = folder;
    config = config(folder, api, sections);
    people = people(config, folder, clock);
    containers = containers(config, folder, community);
    modules = modules(config, community, changes, people, folder);
    server = start();
  }

  private static AgentConfig config(Path folder, String api, String... sections)
      throws IOException {
    String listen = api.contains("listen:") ? "" : ", listen: '127.0.0.1:0'";
    Path file =
        Files.writeString(
            folder.resolve("cloudy.yaml"),
            "node: {data: %1$s}\n%5$sapi: {socket: %1$s/sock%2$s%3$s}\n%4$s\n"
                .formatted(
                    folder,
                    listen,
                    api,
                    String.join("\n", sections),
                    List.of(sections).stream().anyMatch(section -> section.startsWith("containers"))
                        ? ""
                        : "containers: {engine: }\n"));
    return new ConfigFiles(Optional.of(file), List.of()).load();
  }

  /** Opens the people of a node whose state is in {@code folder}. */
  public static People people(AgentConfig config, Path folder, InstantSource clock) {
    return People.open(config.auth(), folder.resolve("auth"), clock, new SecureRandom());
  }

  /** Returns a node with its state in {@code folder}, for which it is always 1970. */
  public static Node node(
      AgentConfig config, FakeCommunity community, Changes changes, Path folder) {
    InstantSource clock = () -> Instant.EPOCH;
    People people = people(config, folder, clock);
    return new Node(
        "1",
        config,
        "",
        community,
        changes,
        community.events(),
        people,
        Optional.empty(),
        modules(config, community, changes, people, folder),
        dropIns(folder),
        clock,
        clock.instant(),
        () -> {});
  }

  /** Returns the modules of a node whose state is in {@code folder}. */
  static ModuleHost modules(
      AgentConfig config, FakeCommunity community, Changes changes, People people, Path folder) {
    return ModuleHost.start(
        config.modules(),
        folder.resolve("services"),
        community,
        changes,
        people,
        Optional.empty(),
        Optional.empty(),
        InstantSource.system(),
        new SecureRandom(),
        new ModuleEvents(community.events()));
  }

  static DropIns dropIns(Path folder) {
    return new DropIns(new ConfigFiles(Optional.of(folder.resolve("cloudy.yaml")), List.of()));
  }

  private static Optional<ContainerHost> containers(
      AgentConfig config, Path folder, FakeCommunity community) {
    return config
        .containers()
        .engine()
        .map(
            socket ->
                ContainerHost.start(
                    config.containers(),
                    socket,
                    folder.resolve("stacks"),
                    community,
                    InstantSource.system(),
                    new SecureRandom()));
  }

  /** Makes a token of somebody named after their role. */
  public static String token(People people, Role role) {
    Person owner = new Person(role.word(), role.word(), role, Person.Means.LOCAL);
    return people.tokens().create(owner, "test", role, Optional.empty()).revealText();
  }

  private ApiServer start() {
    return ApiServer.start(node());
  }

  /** Returns what its API answers from. */
  Node node() {
    return new Node(
        "1",
        config,
        "",
        community,
        changes,
        community.events(),
        people,
        containers,
        modules,
        dropIns(folder),
        clock,
        clock.instant(),
        () -> {});
  }

  public Path socket() {
    return folder.resolve("sock");
  }

  public FakeCommunity community() {
    return community;
  }

  public EventLog events() {
    return community.events();
  }

  public People people() {
    return people;
  }

  ManualClock clock() {
    return clock;
  }

  public int port() {
    return server.port().orElseThrow();
  }

  ApiServer server() {
    return server;
  }

  RawHttp unix() {
    return RawHttp.unix(socket());
  }

  RawHttp tcp() {
    return RawHttp.tcp(port());
  }

  /** Returns the token of somebody of {@code role}. */
  public String token(Role role) {
    return tokens.computeIfAbsent(role, wanted -> token(people, wanted));
  }

  /** Returns a caller over TCP with a token of {@code role}. */
  RawHttp tcp(Role role) {
    return tcp().with("Authorization: Bearer " + token(role));
  }

  /** Publishes a user event. */
  public void publish(String name) {
    events().publish(EventType.USER, Json.object().put("name", name));
  }

  /** Stops the API; its community and its events live on. */
  public void stop() {
    server.close();
  }

  /** Starts another API on the same socket. */
  public void restart() {
    server = start();
  }

  /** Returns once so many callers follow streams. */
  public void awaitFollowing(int count) {
    while (server.following() != count) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    server.close();
    modules.close();
    containers.ifPresent(ContainerHost::close);
    people.close();
  }
}
