package community.cloudy.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real container engine of the test's own: in a network namespace of its own, with its state in a
 * temporary folder, beside a registry at {@code 127.0.0.1:5000} of that namespace. Ends with the
 * test. Nothing outside reaches its ports: use {@link #inside}.
 */
public final class Dockerd implements AutoCloseable {
  /** The image that {@link #start} imports: static busybox, with all its names in {@code /bin}. */
  public static final String BUSYBOX = "127.0.0.1:5000/cloudy/busybox:1";

  private static final Path DOCKERD = Path.of("/usr/sbin/dockerd");
  private static final Path CLIENT = Path.of("/usr/bin/docker");
  private static final Path REGISTRY = Path.of("/usr/bin/docker-registry");
  private static final Path BUSYBOX_PROGRAM = Path.of("/bin/busybox");
  private static final String REGISTRY_CONFIG =
      """
      version: 0.1
      log: {level: warn}
      storage: {filesystem: {rootdirectory: FOLDER/registry}, delete: {enabled: true}}
      http: {addr: 127.0.0.1:5000}
      """;

  private final Path folder;
  private final String namespace;
  private final List<String> options;
  private Process registry;
  private Process engine;

  private Dockerd(Path folder, String namespace, List<String> options) {
    this.folder = folder;
    this.namespace = namespace;
    this.options = options;
  }

  /** Skips the test where no engine can be started. */
  public static void needed() {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root to start dockerd");
    for (Path program : List.of(DOCKERD, CLIENT, REGISTRY, BUSYBOX_PROGRAM)) {
      assumeTrue(Files.isExecutable(program), "needs " + program);
    }
    assumeTrue(
        Files.isDirectory(Path.of("/sys/fs/cgroup/memory"))
            || Files.isWritable(Path.of("/sys/fs/cgroup/cgroup.subtree_control")),
        "needs control groups that it may write");
  }

  /**
   * Starts both, with {@link #BUSYBOX} in the engine and in the registry.
   *
   * @param folder empty; must not be in memory, the engine mounts layers over each other there
   * @param options further ones for dockerd, such as {@code --live-restore}
   */
  public static Dockerd start(Path folder, String... options) throws Exception {
    needed();
    // Short, for a path of a unix socket is.
    String namespace = "cl" + Long.toString(ProcessHandle.current().pid() * 1000L + next(), 36);
    Dockerd dockerd = new Dockerd(folder, namespace, List.of(options));
    Exec.run("ip", "netns", "add", namespace);
    try {
      Exec.run("ip", "-n", namespace, "link", "set", "lo", "up");
      Files.writeString(
          folder.resolve("registry.yml"), REGISTRY_CONFIG.replace("FOLDER", folder.toString()));
      dockerd.startRegistry();
      dockerd.startEngine();
      dockerd.importBusybox();
      dockerd.docker("push", "-q", BUSYBOX);
      return dockerd;
    } catch (Exception e) {
      dockerd.close();
      throw e;
    }
  }

  private static int count;

  private static synchronized int next() {
    return count++;
  }

  /** Starts the registry, empty or with what it had. */
  public void startRegistry() throws IOException {
    registry =
        spawn(
            "registry.log", "docker-registry", "serve", folder.resolve("registry.yml").toString());
  }

  /**
   * Starts the registry with what it had, for those alone who say a password.
   *
   * @param people a line of name, colon and bcrypt hash
   */
  public void startRegistry(String people) throws IOException {
    Path passwords = Files.writeString(folder.resolve("htpasswd"), people + "\n");
    Files.writeString(
        folder.resolve("registry.yml"),
        "auth: {htpasswd: {realm: garden, path: " + passwords + "}}\n",
        StandardOpenOption.APPEND);
    startRegistry();
  }

  /** Kills the registry. */
  public void killRegistry() throws InterruptedException {
    end(registry);
  }

  /** Starts the engine and waits until it answers. */
  public void startEngine() throws IOException {
    Files.deleteIfExists(folder.resolve("pid"));
    List<String> command =
        new ArrayList<>(
            List.of(
                DOCKERD.toString(),
                "-H",
                "unix://" + socket(),
                "--data-root=" + folder.resolve("data"),
                "--exec-root=" + folder.resolve("exec"),
                "--pidfile=" + folder.resolve("pid"),
                "--containerd-namespace=" + namespace,
                "--containerd-plugins-namespace=" + namespace + "-p",
                "--log-level=warn"));
    command.addAll(options);
    engine = spawn("dockerd.log", command.toArray(String[]::new));
    await("dockerd answers, or see " + folder.resolve("dockerd.log"))
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(100))
        .until(this::answers);
  }

  private boolean answers() throws InterruptedException {
    assertThat(engine.isAlive()).as("dockerd runs").isTrue();
    try {
      docker("version");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Kills the engine without a chance to say goodbye; its containers run on. */
  public void killEngine() throws InterruptedException {
    List<ProcessHandle> children = engine.children().toList();
    end(engine);
    // Its containerd dies with it, but later: the next engine would take that for a living one.
    for (ProcessHandle child : children) {
      child.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }
  }

  private static void end(Process process) throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  private Process spawn(String log, String... command) throws IOException {
    List<String> inside = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + namespace));
    inside.addAll(List.of(command));
    return new ProcessBuilder(inside)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve(log).toFile()))
        .start();
  }

  private void importBusybox() throws Exception {
    Path root = Files.createDirectories(folder.resolve("busybox"));
    for (String name : List.of("bin", "etc", "tmp", "proc", "sys", "dev", "root")) {
      Files.createDirectory(root.resolve(name));
    }
    Files.copy(BUSYBOX_PROGRAM, root.resolve("bin/busybox"));
    for (String name : Exec.run(BUSYBOX_PROGRAM.toString(), "--list").split("\n", -1)) {
      if (!name.equals("busybox")) {
        Files.createSymbolicLink(root.resolve("bin").resolve(name), Path.of("busybox"));
      }
    }
    Files.writeString(root.resolve("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n");
    Path tar = folder.resolve("busybox.tar");
    Exec.run("tar", "-C", root.toString(), "-cf", tar.toString(), ".");
    docker(
        "import", "--change=CMD [\"/bin/sh\"]", "--change=ENV PATH=/bin", tar.toString(), BUSYBOX);
  }

  /**
   * Makes an image with a layer of random bytes, pushes it and forgets it, so that a pull has
   * something to do.
   */
  public void push(String image, int megabytes) throws Exception {
    Path root = Files.createTempDirectory(folder, "layer");
    Path bytes = root.resolve("bytes");
    Exec.run("dd", "if=/dev/urandom", "of=" + bytes, "bs=1M", "count=" + megabytes, "status=none");
    Path tar = folder.resolve(root.getFileName() + ".tar");
    Exec.run("tar", "-C", root.toString(), "-cf", tar.toString(), ".");
    docker("import", tar.toString(), image);
    docker("push", "-q", image);
    docker("rmi", image);
    Files.delete(tar);
    Files.delete(bytes);
  }

  /** Runs the engine's own client against it. */
  public String docker(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(CLIENT.toString(), "-H", "unix://" + socket()));
    command.addAll(List.of(arguments));
    return Exec.run(command);
  }

  /** Runs a program where the containers' addresses and the registry can be reached. */
  public String inside(String... command) throws IOException, InterruptedException {
    List<String> inside = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + namespace));
    inside.addAll(List.of(command));
    return Exec.run(inside);
  }

  /** Returns the engine's socket. */
  public Path socket() {
    return folder.resolve("docker.sock");
  }

  /** Returns the value for {@code DOCKER_HOST}. */
  public String host() {
    return "unix://" + socket();
  }

  /** Returns the network namespace's file. */
  public Path netns() {
    return Path.of("/run/netns", namespace);
  }

  /** Reads a file of a running container's control group, such as {@code memory}'s limit. */
  public String cgroup(String container, String controller, String file) throws Exception {
    long pid = Long.parseLong(docker("inspect", "-f", "{{.State.Pid}}", container));
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/cgroup"))) {
      for (String line : lines.toList()) {
        String[] parts = line.split(":", 3);
        if (List.of(parts[1].split(",", -1)).contains(controller)) {
          return Files.readString(Path.of("/sys/fs/cgroup", controller, parts[2], file)).strip();
        }
      }
    }
    throw new IOException("no control group " + controller + " of " + container);
  }

  /** Removes all containers and stops both programs. */
  @Override
  public void close() throws IOException {
    try {
      if (engine != null) {
        stopEngine();
      }
      if (registry != null) {
        end(registry);
      }
      unmount();
      Exec.run("ip", "netns", "del", namespace);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while dockerd stops", e);
    }
  }

  private void stopEngine() throws IOException, InterruptedException {
    if (!engine.isAlive()) {
      startEngine();
    }
    String ids = docker("ps", "-aq");
    if (!ids.isEmpty()) {
      List<String> command = new ArrayList<>(List.of("rm", "-fv"));
      command.addAll(List.of(ids.split("\n", -1)));
      docker(command.toArray(String[]::new));
    }
    engine.destroy();
    if (!engine.waitFor(60, TimeUnit.SECONDS)) {
      end(engine);
    }
  }

  private void unmount() throws IOException, InterruptedException {
    try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mounts"))) {
      for (String mount : mounts.map(line -> line.split(" ", 3)[1]).toList()) {
        if (mount.startsWith(folder + "/")) {
          Exec.run("umount", "-l", mount);
        }
      }
    }
  }
}
