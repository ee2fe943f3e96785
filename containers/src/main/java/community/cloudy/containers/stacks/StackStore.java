package community.cloudy.containers.stacks;

import com.fasterxml.jackson.databind.ObjectMapper;
import community.cloudy.containers.policy.Exceptions;
import community.cloudy.containers.stacks.StackException.Code;
import community.cloudy.gossip.discovery.store.SafeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the agent keeps of each stack, apart from the folders that people and containers write:
 * {@code .state/<name>/} with {@code stack.json}, {@code exceptions}, {@code versions/} and {@code
 * staging/}.
 */
final class StackStore {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_BYTES = 64 * 1024;

  private final Path root;

  StackStore(Path root) {
    this.root = root;
    try {
      SafeFile.createFolder(root.resolve(".state"));
      if (!Files.exists(noVariables())) {
        SafeFile.write(noVariables(), new byte[0], "rw-------");
      }
    } catch (IOException e) {
      throw failed("write", root, e);
    }
  }

  Path root() {
    return root;
  }

  /** Returns an empty file of variables: what is executed has none left. */
  Path noVariables() {
    return root.resolve(".state").resolve("no.env");
  }

  /** Returns the folder of a stack of ours. */
  StackFolder folder(String name) {
    return new StackFolder(root.resolve(name));
  }

  /** Returns where a stack's files are: an adopted one's are elsewhere. */
  StackFolder folder(String name, Journal journal) {
    return journal.adopted().map(StackFolder::new).orElseGet(() -> folder(name));
  }

  private Path state(String name) {
    return root.resolve(".state").resolve(name);
  }

  Versions versions(String name) {
    return new Versions(state(name).resolve("versions"));
  }

  /** Returns an empty folder that nobody else can write. */
  StackFolder staging(String name) {
    StackFolder staging = new StackFolder(state(name).resolve("staging"));
    staging.delete();
    try {
      SafeFile.createFolder(staging.path());
    } catch (IOException e) {
      throw failed("write", staging.path(), e);
    }
    return staging;
  }

  boolean exists(String name) {
    return Files.exists(state(name).resolve("stack.json"));
  }

  List<String> names() {
    try (Stream<Path> entries = Files.list(root.resolve(".state"))) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(this::exists)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw failed("read", root, e);
    }
  }

  Journal journal(String name) {
    Path file = state(name).resolve("stack.json");
    try {
      return JSON.readValue(SafeFile.read(file, MAX_BYTES), Journal.class);
    } catch (IOException e) {
      throw failed("read", file, e);
    }
  }

  void write(String name, Journal journal) {
    Path file = state(name).resolve("stack.json");
    try {
      SafeFile.createFolder(state(name));
      byte[] bytes = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(journal);
      SafeFile.write(file, bytes, "rw-------");
    } catch (IOException e) {
      throw failed("write", file, e);
    }
  }

  Exceptions exceptions(String name) {
    Path file = state(name).resolve("exceptions");
    if (!Files.exists(file)) {
      return Exceptions.NONE;
    }
    try {
      return Exceptions.parse(new String(SafeFile.read(file, MAX_BYTES), StandardCharsets.UTF_8));
    } catch (IOException | IllegalArgumentException e) {
      throw failed("read", file, e);
    }
  }

  void write(String name, Exceptions exceptions) {
    Path file = state(name).resolve("exceptions");
    try {
      SafeFile.createFolder(state(name));
      SafeFile.write(file, exceptions.format().getBytes(StandardCharsets.UTF_8), "rw-------");
    } catch (IOException e) {
      throw failed("write", file, e);
    }
  }

  /** Forgets a stack; a folder of ours that is to be kept moves to {@code .removed/}. */
  void remove(String name, boolean keepFolder, Instant now) {
    Path folder = root.resolve(name);
    try {
      if (keepFolder && Files.exists(folder)) {
        Path removed = root.resolve(".removed");
        SafeFile.createFolder(removed);
        Files.move(
            folder,
            removed.resolve(name + "-" + now.toEpochMilli()),
            StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw failed("move", folder, e);
    }
    new StackFolder(folder).delete();
    new StackFolder(state(name)).delete();
  }

  private static StackException failed(String verb, Path path, Exception e) {
    String reason = e.getMessage() == null ? e.toString() : e.getMessage();
    return new StackException(
        Code.STORAGE,
        "Could not %s %s: %s. See to its owner and the disk, or put back a copy."
            .formatted(verb, path, reason),
        e);
  }
}
