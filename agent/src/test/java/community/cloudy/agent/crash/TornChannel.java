package community.cloudy.agent.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that tells a {@link TornDisk} what is written to it. */
final class TornChannel extends FileChannel {
  private final FileChannel inner;
  private final TornDisk disk;
  private final Path path;
  private final int file;

  TornChannel(FileChannel inner, TornDisk disk, Path path, long at) throws IOException {
    this.inner = inner;
    this.disk = disk;
    this.path = path;
    this.file = disk.file(path);
    inner.position(at);
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    long at = inner.position();
    int written = write(bytes, at);
    inner.position(at + written);
    return written;
  }

  @Override
  public int write(ByteBuffer bytes, long at) throws IOException {
    ByteBuffer copy = bytes.duplicate();
    int written = inner.write(bytes, at);
    disk.written(file, at, copy.limit(copy.position() + written));
    return written;
  }

  @Override
  public long write(ByteBuffer[] bytes, int offset, int length) throws IOException {
    long written = 0;
    for (int i = offset; i < offset + length; i++) {
      written += write(bytes[i]);
    }
    return written;
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    inner.truncate(size);
    disk.truncated(file, size);
    return this;
  }

  @Override
  public void force(boolean metadata) throws IOException {
    inner.force(metadata);
    disk.synced(path, file);
  }

  @Override
  public int read(ByteBuffer bytes) throws IOException {
    return inner.read(bytes);
  }

  @Override
  public long read(ByteBuffer[] bytes, int offset, int length) throws IOException {
    return inner.read(bytes, offset, length);
  }

  @Override
  public int read(ByteBuffer bytes, long at) throws IOException {
    return inner.read(bytes, at);
  }

  @Override
  public long position() throws IOException {
    return inner.position();
  }

  @Override
  public FileChannel position(long at) throws IOException {
    inner.position(at);
    return this;
  }

  @Override
  public long size() throws IOException {
    return inner.size();
  }

  @Override
  public long transferTo(long at, long count, WritableByteChannel target) throws IOException {
    return inner.transferTo(at, count, target);
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long at, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long at, long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock lock(long at, long size, boolean shared) throws IOException {
    return inner.lock(at, size, shared);
  }

  @Override
  public @Nullable FileLock tryLock(long at, long size, boolean shared) throws IOException {
    return inner.tryLock(at, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    inner.close();
  }
}
