package community.cloudy.agent.crash;

import community.cloudy.gossip.serf.wire.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Keeps account of what is written below a folder, and makes what a power cut could leave of it:
 * content since a file's last sync may be there, missing, cut or zeros; names since a folder's last
 * sync up to any one of them. As file systems that keep the order of names within a folder, but not
 * that of content and names (ext4 with delayed allocation, btrfs, xfs).
 *
 * <p>One thread at a time.
 */
final class TornDisk {
  private sealed interface Step {}

  private record Write(int file, long at, Bytes bytes) implements Step {}

  private record Cut(int file, long size) implements Step {}

  private record Sync(int file) implements Step {}

  /** A name of a folder: the file it now leads to, a folder, or nothing. */
  private record Name(Path folder, Map<Path, Integer> changed) implements Step {}

  private record SyncNames(Path folder) implements Step {}

  static final int FOLDER = -1;
  static final int NOTHING = -2;

  private final Path root;
  private final List<Step> steps = new ArrayList<>();
  private final Map<Path, Integer> files = new HashMap<>();
  private final Map<Integer, Set<PosixFilePermission>> permissions = new HashMap<>();
  private int made;

  TornDisk(Path root) {
    this.root = root;
  }

  /** Returns the folder through which everything is seen. */
  Path view() {
    return new TornProvider(this).wrap(root);
  }

  void opened(Path path, boolean truncated) throws IOException {
    if (!files.containsKey(path)) {
      files.put(path, made);
      permissions.put(made, Files.getPosixFilePermissions(path));
      name(path, made);
      made++;
    } else if (truncated) {
      steps.add(new Cut(file(path), 0));
    }
  }

  int file(Path path) {
    return files.getOrDefault(path, NOTHING);
  }

  void written(int file, long at, ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    steps.add(new Write(file, at, Bytes.wrap(copy)));
  }

  void truncated(int file, long size) {
    steps.add(new Cut(file, size));
  }

  void synced(Path path, int file) {
    steps.add(Files.isDirectory(path) ? new SyncNames(path.normalize()) : new Sync(file));
  }

  void made(Path folder) {
    name(folder, FOLDER);
  }

  void deleted(Path path) {
    files.remove(path);
    name(path, NOTHING);
  }

  /** One step, as within one folder; across folders each may be seen without the other. */
  void moved(Path from, Path to) {
    Map<Path, Integer> gone = new HashMap<>();
    Map<Path, Integer> come = new HashMap<>();
    for (Path path : List.copyOf(files.keySet())) {
      if (path.startsWith(from)) {
        int file = files.remove(path);
        Path place = to.resolve(from.relativize(path).toString()).normalize();
        files.put(place, file);
        gone.put(path, NOTHING);
        come.put(place, file);
      }
    }
    if (Files.isDirectory(to)) {
      gone.put(from, NOTHING);
      come.put(to, FOLDER);
    }
    if (from.resolveSibling("").equals(to.resolveSibling(""))) {
      gone.putAll(come);
      steps.add(new Name(to.resolveSibling(""), gone));
    } else {
      steps.add(new Name(to.resolveSibling(""), come));
      steps.add(new Name(from.resolveSibling(""), gone));
    }
  }

  private void name(Path path, int file) {
    steps.add(new Name(path.resolveSibling(""), Map.of(path, file)));
  }

  /** Returns how many moments there are at which the power could be cut. */
  int moments() {
    return steps.size() + 1;
  }

  /** Makes, in the empty folder {@code to}, one of the states that a cut then could leave. */
  void cut(int moment, Random random, Path to) throws IOException {
    Map<Path, Integer> names = new TreeMap<>();
    Map<Path, Integer> kept = new HashMap<>();
    for (Path folder : folders()) {
      int synced = last(moment, new SyncNames(folder));
      int after = (int) namesOf(folder, synced, moment).count();
      kept.put(folder, after == 0 ? 0 : random.nextInt(after + 1));
      namesOf(folder, 0, synced).forEach(step -> names.putAll(step.changed()));
    }
    for (Path folder : folders()) {
      int synced = last(moment, new SyncNames(folder));
      namesOf(folder, synced, moment)
          .limit(kept.getOrDefault(folder, 0))
          .forEach(step -> names.putAll(step.changed()));
    }
    for (Map.Entry<Path, Integer> entry : names.entrySet()) {
      Path place = to.resolve(root.relativize(entry.getKey()).toString());
      if (!Files.isDirectory(place.resolveSibling("")) || entry.getValue() == NOTHING) {
        continue;
      }
      if (entry.getValue() == FOLDER) {
        Files.createDirectory(place);
      } else {
        Files.write(place, content(entry.getValue(), moment, random));
        Files.setPosixFilePermissions(place, permissions.getOrDefault(entry.getValue(), Set.of()));
      }
    }
  }

  private Set<Path> folders() {
    Set<Path> folders = new TreeSet<>();
    for (Step step : steps) {
      if (step instanceof Name name) {
        folders.add(name.folder());
      }
    }
    return folders;
  }

  private Stream<Name> namesOf(Path folder, int from, int to) {
    return steps.subList(from, to).stream()
        .filter(Name.class::isInstance)
        .map(Name.class::cast)
        .filter(name -> name.folder().equals(folder));
  }

  private int last(int moment, Step sync) {
    return steps.subList(0, moment).lastIndexOf(sync) + 1;
  }

  private byte[] content(int file, int moment, Random random) {
    int synced = last(moment, new Sync(file));
    byte[] content = new byte[0];
    for (int i = 0; i < moment; i++) {
      boolean sure = i < synced;
      if (steps.get(i) instanceof Write write && write.file() == file) {
        int fate = sure ? 0 : random.nextInt(4);
        if (fate != 1) {
          int end = (int) write.at() + write.bytes().length();
          int length =
              fate == 2 ? random.nextInt(write.bytes().length() + 1) : write.bytes().length();
          content = Arrays.copyOf(content, Math.max(content.length, fate == 2 ? 0 : end));
          if (fate != 3) {
            content = Arrays.copyOf(content, Math.max(content.length, (int) write.at() + length));
            System.arraycopy(write.bytes().array(), 0, content, (int) write.at(), length);
          }
        }
      } else if (steps.get(i) instanceof Cut cut
          && cut.file() == file
          && (sure || random.nextBoolean())) {
        content = Arrays.copyOf(content, (int) cut.size());
      }
    }
    return content;
  }
}
