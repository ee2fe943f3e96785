package community.cloudy.containers.stacks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import community.cloudy.containers.stacks.StackException.Code;
import community.cloudy.gossip.discovery.store.SafeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The versions of a stack, a folder each: {@code files/} as the person wrote them, {@code run.yaml}
 * as it is executed, {@code about.json}. The newest {@value #KEPT} are kept.
 */
final class Versions {
  static final int KEPT = 20;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_RUN = 2 << 20;

  private final Path folder;

  Versions(Path folder) {
    this.folder = folder;
  }

  private record About(String at, String by, String hash, String outcome) {}

  /** Returns the numbers there are, oldest first. */
  List<Integer> numbers() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.matches("[0-9]{6}"))
          .map(Integer::valueOf)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw failed("read", folder, e);
    }
  }

  List<Version> list() {
    return numbers().stream().map(this::get).toList();
  }

  Version get(int number) {
    Path file = path(number).resolve("about.json");
    try {
      About about = JSON.readValue(SafeFile.read(file, StackFiles.MAX_FILE), About.class);
      return new Version(
          number, Instant.parse(about.at()), about.by(), about.hash(), about.outcome());
    } catch (IOException | java.time.DateTimeException e) {
      throw failed("read", file, e);
    }
  }

  /** Keeps a new version and returns its number; never one of {@code needed} is dropped for it. */
  int add(StackFiles files, String run, String by, Instant at, Set<Integer> needed) {
    List<Integer> before = numbers();
    int number = before.isEmpty() ? 1 : before.get(before.size() - 1) + 1;
    Path beside = folder.resolve("new");
    new StackFolder(beside).delete();
    try {
      SafeFile.createFolder(beside.resolve("files"));
      new StackFolder(beside.resolve("files")).write(files);
      SafeFile.write(beside.resolve("run.yaml"), run.getBytes(StandardCharsets.UTF_8), "rw-------");
      about(beside, new About(at.toString(), by, files.hash(), ""));
      Files.move(beside, path(number), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failed("write", beside, e);
    }
    int most = before.size() + 1 - KEPT;
    before.stream()
        .filter(old -> !needed.contains(old))
        .limit(Math.max(0, most))
        .forEach(old -> new StackFolder(path(old)).delete());
    return number;
  }

  /** Records what became of a version. */
  void outcome(int number, String outcome) {
    Version version = get(number);
    try {
      about(
          path(number), new About(version.at().toString(), version.by(), version.hash(), outcome));
    } catch (IOException e) {
      throw failed("write", path(number), e);
    }
  }

  private static void about(Path folder, About about) throws IOException {
    SafeFile.write(folder.resolve("about.json"), JSON.writeValueAsBytes(about), "rw-------");
  }

  /** Returns the file that is executed. */
  Path run(int number) {
    return path(number).resolve("run.yaml");
  }

  String runText(int number) {
    try {
      return new String(SafeFile.read(run(number), MAX_RUN), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw failed("read", run(number), e);
    }
  }

  /** Returns the files of a version as the person wrote them. */
  StackFiles files(int number) {
    Path files = path(number).resolve("files");
    TreeMap<String, byte[]> content = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(files, 9)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        content.put(files.relativize(file).toString(), SafeFile.read(file, StackFiles.MAX_FILE));
      }
    } catch (IOException e) {
      throw failed("read", files, e);
    }
    return new StackFiles(content);
  }

  /** Returns the names of the files of a version. */
  Optional<Set<String>> names(int number) {
    return number == 0 || !Files.isDirectory(path(number))
        ? Optional.empty()
        : Optional.of(new java.util.TreeSet<>(files(number).content().keySet()));
  }

  void require(int number) {
    if (!numbers().contains(number)) {
      throw new StackException(
          Code.NOT_FOUND,
          "There is no version %d. Choose one of %s."
              .formatted(number, new ArrayList<>(numbers())));
    }
  }

  private Path path(int number) {
    return folder.resolve("%06d".formatted(number));
  }

  private static StackException failed(String verb, Path path, Exception e) {
    String reason = e instanceof JsonProcessingException ? "it is damaged" : e.getMessage();
    return new StackException(
        Code.STORAGE,
        "Could not %s %s: %s. See to the disk, or put back a copy.".formatted(verb, path, reason),
        e);
  }
}
