package community.cloudy.agent.crash;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.jspecify.annotations.Nullable;

/** A path of the machine's, seen through a {@link TornDisk}. */
record TornPath(TornProvider provider, Path inner) implements Path {
  private Path wrap(Path path) {
    return provider.wrap(path);
  }

  private @Nullable Path wrapped(@Nullable Path path) {
    return path == null ? null : provider.wrap(path);
  }

  private static Path bare(Path path) {
    return TornProvider.bare(path);
  }

  @Override
  public FileSystem getFileSystem() {
    return provider.system();
  }

  @Override
  public boolean isAbsolute() {
    return inner.isAbsolute();
  }

  @Override
  public @Nullable Path getRoot() {
    return wrapped(inner.getRoot());
  }

  @Override
  public @Nullable Path getFileName() {
    return wrapped(inner.getFileName());
  }

  @Override
  public @Nullable Path getParent() {
    return wrapped(inner.getParent());
  }

  @Override
  public int getNameCount() {
    return inner.getNameCount();
  }

  @Override
  public Path getName(int index) {
    return wrap(inner.getName(index));
  }

  @Override
  public Path subpath(int begin, int end) {
    return wrap(inner.subpath(begin, end));
  }

  @Override
  public boolean startsWith(Path other) {
    return inner.startsWith(bare(other));
  }

  @Override
  public boolean endsWith(Path other) {
    return inner.endsWith(bare(other));
  }

  @Override
  public Path normalize() {
    return wrap(inner.normalize());
  }

  @Override
  public Path resolve(Path other) {
    return wrap(inner.resolve(bare(other)));
  }

  @Override
  public Path relativize(Path other) {
    return wrap(inner.relativize(bare(other)));
  }

  @Override
  public URI toUri() {
    return inner.toUri();
  }

  @Override
  public Path toAbsolutePath() {
    return wrap(inner.toAbsolutePath());
  }

  @Override
  public Path toRealPath(LinkOption... options) throws IOException {
    return wrap(inner.toRealPath(options));
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int compareTo(Path other) {
    return inner.compareTo(bare(other));
  }

  @Override
  public String toString() {
    return inner.toString();
  }
}
