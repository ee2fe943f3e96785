package community.cloudy.gossip.discovery.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import community.cloudy.gossip.discovery.ServiceSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * What this node announces, as a JSON file a person can read, and the highest sequence it may have
 * used: the file reserves sequences ahead, so that a change of health need not write it.
 */
public final class AnnouncementFile {
  private static final int MAX_BYTES = 1 << 20;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(8)
                  .maxStringLength(4096)
                  .maxNumberLength(20)
                  .build())
          .build();

  private final Path file;

  /** Keeps it in {@code file}. */
  public AnnouncementFile(Path file) {
    this.file = file;
  }

  /**
   * What the file holds.
   *
   * @param sequence no announcement has used a higher one
   * @param services what is announced
   */
  public record Content(long sequence, List<ServiceSpec> services) {
    /** Copies the list. */
    public Content {
      services = List.copyOf(services);
    }
  }

  /** Writes {@code services}, and that sequences up to {@code sequence} may be used. */
  public void write(long sequence, Collection<ServiceSpec> services) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.useDefaultPrettyPrinter();
      out.writeStartObject();
      out.writeNumberField("sequence", sequence);
      out.writeArrayFieldStart("services");
      for (ServiceSpec service : services) {
        SpecJson.write(service, out);
      }
      out.writeEndArray();
      out.writeEndObject();
      out.writeRaw('\n');
    }
    SafeFile.write(file, bytes.toByteArray(), "rw-------");
  }

  /**
   * Reads what was kept; nothing if there is no file.
   *
   * @throws IOException if it cannot be read or is damaged; the message says where
   */
  public Content read() throws IOException {
    if (!Files.exists(file)) {
      return new Content(0, List.of());
    }
    try (JsonParser in = JSON.createParser(SafeFile.read(file, MAX_BYTES))) {
      return SpecJson.content(in);
    } catch (IllegalArgumentException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
  }
}
