package community.cloudy.gossip.serf.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.wire.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SnapshotWriterTest {
  private static final Endpoint HERE = new Endpoint(Bytes.wrap(new byte[] {10, 0, 0, 1}), 7946);

  /** A disk in memory that can be stuck or full, half-way through a line. */
  private static final class Disk implements SnapshotLog {
    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch answers = new CountDownLatch(1);
    final ByteArrayOutputStream content = new ByteArrayOutputStream();
    volatile boolean full;
    int replaced;
    int synced;

    private void write(byte[] lines) throws IOException {
      entered.countDown();
      try {
        answers.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      if (full) {
        content.write(lines, 0, lines.length / 2);
        throw new IOException("No space left on device");
      }
      content.writeBytes(lines);
    }

    @Override
    public void append(byte[] lines) throws IOException {
      write(lines);
    }

    @Override
    public void replace(byte[] lines) throws IOException {
      if (!full) {
        content.reset();
        replaced++;
      }
      write(lines);
    }

    @Override
    public void sync() {
      synced++;
    }

    @Override
    public long size() {
      return content.size();
    }

    @Override
    public void close() {}

    Replay replay() throws IOException {
      Replay replay = new Replay(false);
      replay.read(new ByteArrayInputStream(content.toByteArray()));
      return replay;
    }
  }

  private final Disk disk = new Disk();
  private final SnapshotWriter writer =
      new SnapshotWriter(new SnapshotState(), disk, 1 << 30, false);

  private void fill(int from, int to) {
    for (int i = from; i < to; i++) {
      writer.alive(Bytes.utf8("n" + i), HERE);
    }
  }

  @Test
  void writesByItselfWithinTheInterval() throws Exception {
    fill(0, 1);
    disk.entered.await();
    disk.answers.countDown();
    writer.close();
    assertThat(disk.replay().state().alive()).hasSize(1);
  }

  @Test
  void aStuckDiskHoldsNobodyUpAndLosesNothing() throws Exception {
    fill(0, 1);
    disk.entered.await();
    // The disk hangs; were it waited for, this test would not end.
    fill(0, 3 * SnapshotWriter.MAX_PENDING);
    writer.notAlive(Bytes.utf8("n7"));
    disk.answers.countDown();
    assertThat(writer.flush()).isTrue();
    assertThat(disk.replaced).isEqualTo(1);
    assertThat(disk.replay().state().alive())
        .hasSize(3 * SnapshotWriter.MAX_PENDING - 1)
        .doesNotContainKey(Bytes.utf8("n7"));
    writer.close();
  }

  @Test
  void writesOneLineAMemberHoweverOftenItChanges() throws Exception {
    disk.answers.countDown();
    writer.flush();
    for (int i = 0; i < 1000; i++) {
      fill(0, 1);
      writer.notAlive(Bytes.utf8("n0"));
    }
    writer.close();
    assertThat(disk.content.toString(StandardCharsets.US_ASCII)).hasSizeLessThan(200);
    assertThat(disk.replay().state().alive()).isEmpty();
  }

  @Test
  void rewritesAllAfterTheDiskWasFull() throws Exception {
    disk.answers.countDown();
    disk.full = true;
    fill(0, 10);
    assertThat(writer.flush()).isFalse();
    assertThat(writer.problem()).contains("No space left on device");
    fill(10, 20);
    assertThat(writer.flush()).isFalse();
    disk.full = false;
    assertThat(writer.flush()).isTrue();
    assertThat(writer.problem()).isEmpty();
    assertThat(disk.replay().state().alive()).hasSize(20);
    assertThat(disk.replay().damages()).isZero();
    writer.close();
  }

  @Test
  void retriesALeaveThatCouldNotBeWritten() throws Exception {
    disk.answers.countDown();
    fill(0, 3);
    writer.flush();
    disk.full = true;
    writer.leave();
    assertThat(writer.flush()).isFalse();
    disk.full = false;
    assertThat(writer.flush()).isTrue();
    assertThat(disk.replay().state().alive()).isEmpty();
    assertThat(disk.synced).isEqualTo(1);
    writer.close();
  }

  @Test
  void boundsTheMembersAndCountsTheOthers() {
    disk.answers.countDown();
    fill(0, SnapshotState.MAX_MEMBERS + 5);
    assertThat(writer.refused()).isEqualTo(5);
    writer.close();
    assertThat(disk.synced).isEqualTo(1);
  }
}
