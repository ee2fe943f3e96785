package community.cloudy.services.spi.render;

import community.cloudy.gossip.discovery.store.SafeFile;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one service, kept by versions. All files of a version begin to count at once, by the
 * change of one link, and a version that does not work makes place for the one before it. Used by
 * one thread at a time.
 */
public final class ManagedFolder {
  private static final Logger log = LoggerFactory.getLogger(ManagedFolder.class);
  private static final int KEPT = 10;
  private static final int MAX_FILE = 64 << 20;

  private final Path root;
  private final Path current;
  private final Rights rights;

  /**
   * A version of the files.
   *
   * @param number from 1
   * @param made when
   * @param inUse whether it is the one that counts
   */
  public record Version(int number, Instant made, boolean inUse) {}

  /**
   * Opens a folder, which is made if it is not there.
   *
   * @param user whose group may read the files; empty for the agent alone
   * @throws ServiceException if it cannot be made
   */
  public ManagedFolder(Path root, Optional<String> user) {
    this(root, new Rights(user));
    try {
      rights.folder(root);
      rights.folder(root.resolve("versions"));
    } catch (IOException e) {
      throw failed("open", e);
    }
  }

  private ManagedFolder(Path root, Rights rights) {
    this.root = root;
    this.current = root.resolve("current");
    this.rights = rights;
  }

  /** Returns a folder that is there, to look at. */
  public static ManagedFolder of(Path root) {
    return new ManagedFolder(root, new Rights(Optional.empty()));
  }

  /** Returns where the files in use lie; a link, the same for every version. */
  public Path current() {
    return current;
  }

  /**
   * Goes over to other files: renders, checks, switches, reloads and verifies them. If reload or
   * verify refuse, the version before is put back and reloaded.
   *
   * @return whether anything had changed
   * @throws ServiceException with the reason; the files in use are those from before
   */
  public boolean apply(Renderer renderer, Steps steps) {
    Map<String, String> content = renderer.render(current);
    Optional<Integer> before = inUse();
    try {
      if (before.isPresent() && isProved(before.get()) && read(before.get()).equals(content)) {
        return false;
      }
      int number = numbers().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
      check(renderer, steps);
      write(version(number), content);
      use(number);
      prove(number, before, steps);
      forget();
      return true;
    } catch (IOException e) {
      throw failed("write", e);
    }
  }

  private void check(Renderer renderer, Steps steps) throws IOException {
    Path candidate = root.resolve("candidate");
    SafeFile.deleteTree(candidate);
    try {
      write(candidate, renderer.render(candidate));
      steps.check(candidate);
    } finally {
      SafeFile.deleteTree(candidate);
    }
  }

  private void prove(int number, Optional<Integer> before, Steps steps) throws IOException {
    try {
      steps.reload(current);
      steps.verify();
    } catch (ServiceException e) {
      putBack(number, before, steps);
      throw e;
    }
    SafeFile.write(root.resolve("proved"), bytes(String.valueOf(number)), "rw-------");
    log.info("Files changed folder={} version={}", root, number);
  }

  /** The first version stays if it does not work: there is none to go back to. */
  private void putBack(int number, Optional<Integer> before, Steps steps) throws IOException {
    if (before.isEmpty()) {
      return;
    }
    use(before.get());
    SafeFile.deleteTree(version(number));
    log.warn("Files put back folder={} refused={} version={}", root, number, before.get());
    try {
      steps.reload(current);
    } catch (ServiceException e) {
      log.error("The service does not take its former files: {}", e.getMessage());
    }
  }

  private boolean isProved(int number) throws IOException {
    Path proved = root.resolve("proved");
    return Files.exists(proved)
        && new String(SafeFile.read(proved, 16), StandardCharsets.UTF_8)
            .equals(String.valueOf(number));
  }

  /**
   * Returns the versions there are, the newest first.
   *
   * @throws ServiceException if they cannot be read
   */
  public List<Version> versions() {
    try {
      Optional<Integer> used = inUse();
      List<Version> versions = new ArrayList<>();
      for (int number : numbers()) {
        Instant made = Files.getLastModifiedTime(version(number)).toInstant();
        versions.add(0, new Version(number, made, used.equals(Optional.of(number))));
      }
      return versions;
    } catch (IOException e) {
      throw failed("list", e);
    }
  }

  /**
   * Returns what differs between two versions, as {@code diff -u} writes it.
   *
   * @throws ServiceException if one of them is not there
   */
  public String diff(int from, int to) {
    try {
      return Differences.between(read(from), read(to));
    } catch (IOException e) {
      throw new ServiceException(
          Code.NOT_FOUND,
          "Could not compare versions %d and %d: one of them is not kept.".formatted(from, to),
          e);
    }
  }

  private Path version(int number) {
    return root.resolve("versions").resolve("%06d".formatted(number));
  }

  private List<Integer> numbers() throws IOException {
    try (var entries = Files.list(root.resolve("versions"))) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.matches("[0-9]{6}"))
          .map(Integer::valueOf)
          .sorted()
          .toList();
    }
  }

  private Optional<Integer> inUse() {
    try {
      return Optional.of(Integer.valueOf(Files.readSymbolicLink(current).getFileName().toString()));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private void use(int number) throws IOException {
    Path beside = root.resolve("current.new");
    Files.deleteIfExists(beside);
    Files.createSymbolicLink(beside, root.relativize(version(number)));
    Files.move(beside, current, StandardCopyOption.ATOMIC_MOVE);
  }

  private void forget() throws IOException {
    List<Integer> numbers = numbers();
    for (int number : numbers.subList(0, Math.max(0, numbers.size() - KEPT))) {
      SafeFile.deleteTree(version(number));
    }
  }

  private void write(Path folder, Map<String, String> content) throws IOException {
    rights.folder(folder);
    for (Map.Entry<String, String> file : content.entrySet()) {
      Path path = folder.resolve(file.getKey()).normalize();
      if (!path.startsWith(folder)) {
        throw new IOException(file.getKey() + " would lie outside of " + folder);
      }
      for (int i = folder.getNameCount() + 1; i < path.getNameCount(); i++) {
        rights.folder(path.getRoot().resolve(path.subpath(0, i)));
      }
      SafeFile.write(path, bytes(file.getValue()), "rw-r-----");
      rights.readable(path);
    }
  }

  private SortedMap<String, String> read(int number) throws IOException {
    Path folder = version(number);
    SortedMap<String, String> content = new TreeMap<>();
    try (var entries = Files.walk(folder)) {
      for (Path file : entries.filter(Files::isRegularFile).toList()) {
        content.put(
            folder.relativize(file).toString(),
            new String(SafeFile.read(file, MAX_FILE), StandardCharsets.UTF_8));
      }
    }
    return content;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private ServiceException failed(String action, IOException e) {
    return new ServiceException(
        Code.FAILED,
        "Could not %s the files in %s: %s. Make room or the folder writable, and try again."
            .formatted(action, root, e.getMessage()),
        e);
  }
}
