package community.cloudy.gossip.discovery.store;

import community.cloudy.gossip.discovery.catalogue.Dads.Stored;
import community.cloudy.gossip.serf.wire.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was heard from others, so that a node knows its community at once after a restart. Losing it
 * costs an exchange with a peer, so a damaged one is only logged.
 *
 * <p>Format: {@code CLOUDY1\n}, the time of writing in seconds since 1970 (8 bytes), the count (4
 * bytes), and for each record the seconds it still stands (4 bytes), its length (2 bytes) and
 * itself.
 */
public final class CatalogueFile {
  private static final Logger log = LoggerFactory.getLogger(CatalogueFile.class);
  private static final byte[] MAGIC = "CLOUDY1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_RECORDS = 100_000;
  private static final int MAX_BYTES = 32 << 20;

  private final Path file;

  /** Keeps it in {@code file}. */
  public CatalogueFile(Path file) {
    this.file = file;
  }

  /** Writes {@code records} as of {@code now}. */
  public void write(Collection<Stored> records, Instant now) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + 400 * records.size());
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(MAGIC);
    out.writeLong(now.getEpochSecond());
    out.writeInt(records.size());
    for (Stored record : records) {
      out.writeInt(record.remaining());
      out.writeShort(record.encoded().length());
      out.write(record.encoded().array());
    }
    SafeFile.write(file, bytes.toByteArray(), "rw-------");
  }

  /** Reads what was kept and still stands; a clock that went back takes no time off. */
  public List<Stored> read(Instant now) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return parse(SafeFile.read(file, MAX_BYTES), now);
    } catch (IOException e) {
      log.warn(
          "Could not read the catalogue {}: {}. Peers will tell it again.", file, e.toString());
      return List.of();
    }
  }

  private static List<Stored> parse(byte[] content, Instant now) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
    if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
      throw new IOException("it is no catalogue");
    }
    Instant written = Instant.ofEpochSecond(in.readLong());
    long elapsed = Math.max(0, Duration.between(written, now).toSeconds());
    int count = in.readInt();
    if (count < 0 || count > MAX_RECORDS) {
      throw new IOException("it is damaged");
    }
    List<Stored> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long remaining = in.readInt() - elapsed;
      byte[] record = new byte[in.readUnsignedShort()];
      in.readFully(record);
      if (remaining > 0) {
        records.add(new Stored(Bytes.wrap(record), (int) remaining));
      }
    }
    return records;
  }
}
