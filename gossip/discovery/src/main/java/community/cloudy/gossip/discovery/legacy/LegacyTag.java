package community.cloudy.gossip.discovery.legacy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/**
 * The value of the tag {@code services}: base64 of bzip2 of a JSON array and a line feed. {@link
 * #decode} takes what any old node has ever published; {@link #encode} writes what the strictest of
 * them can read.
 */
public final class LegacyTag {
  /** The key of the tag. */
  public static final String KEY = "services";

  /** The longest value read: the oldest nodes have room for so much, newer ones for 512 bytes. */
  static final int MAX_VALUE = 2048;

  static final int MAX_JSON = 64 << 10;
  static final int MAX_ENTRIES = 200;

  /** Sorts entries, so that the same services always are the same bytes. */
  static final Comparator<LegacyService> ORDER =
      Comparator.comparing(LegacyService::type)
          .thenComparing(LegacyService::port)
          .thenComparing(LegacyService::toString);

  private static final int LEVEL = 1;
  private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxDocumentLength(MAX_JSON)
                  .maxNestingDepth(8)
                  .maxNameLength(256)
                  .maxNumberLength(32)
                  .maxStringLength(MAX_JSON)
                  .build())
          .build();

  private LegacyTag() {}

  /**
   * What one member announces.
   *
   * @param services the entries that could be read, in the member's order
   * @param skipped how many entries could not
   */
  public record Decoded(List<LegacyService> services, int skipped) {
    /** Makes the list unmodifiable. */
    public Decoded {
      services = List.copyOf(services);
    }
  }

  /**
   * Reads the tag of one member.
   *
   * @throws LegacyTagException if it is too long, or no base64, bzip2 or JSON array, or unpacks to
   *     more than 64 KiB
   */
  public static Decoded decode(String value) throws LegacyTagException {
    if (value.length() > MAX_VALUE) {
      throw new LegacyTagException("it has " + value.length() + " characters, over " + MAX_VALUE);
    }
    String json = unpack(fromBase64(value.strip()));
    try (JsonParser in = JSON.createParser(json)) {
      if (in.nextToken() != JsonToken.START_ARRAY) {
        throw new LegacyTagException("its text is no JSON array");
      }
      List<LegacyService> services = new ArrayList<>();
      int entries = 0;
      for (; in.nextToken() != JsonToken.END_ARRAY; entries++) {
        Optional<LegacyService> service = entry(in);
        if (services.size() < MAX_ENTRIES) {
          service.ifPresent(services::add);
        }
      }
      return new Decoded(services, entries - services.size());
    } catch (IOException e) {
      throw new LegacyTagException("its text is no JSON", e);
    }
  }

  /**
   * Returns the value for {@code services}, the same for any order of them. What old readers cannot
   * take is replaced: white space by {@code _}, apostrophes by typographic ones, {@code &} by
   * {@code +}; of a text only the first attribute stays. Takes milliseconds and 2 MB.
   */
  public static String encode(List<LegacyService> services) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new BZip2CompressorOutputStream(packed, LEVEL)) {
      out.write(json(services).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(packed.toByteArray());
  }

  /** Returns the text within: without the final line feed old shells would miss the last entry. */
  static String json(List<LegacyService> services) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartArray();
      for (LegacyService service :
          services.stream().map(LegacyService::forOldReaders).sorted(ORDER).toList()) {
        out.writeStartObject();
        out.writeStringField("s", service.type());
        out.writeStringField("d", service.description());
        out.writeStringField("m", service.host());
        out.writeStringField("i", service.address());
        out.writeStringField("p", String.valueOf(service.port()));
        out.writeStringField("e", service.microcloud());
        out.writeStringField("t", service.text());
        out.writeEndObject();
      }
      out.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
  }

  private static Optional<LegacyService> entry(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      in.skipChildren();
      return Optional.empty();
    }
    Map<String, String> fields = new HashMap<>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      if (in.nextToken().isScalarValue()) {
        fields.put(name, in.getText());
      } else {
        in.skipChildren();
      }
    }
    String port = fields.getOrDefault("p", "");
    try {
      return Optional.of(
          new LegacyService(
              fields.getOrDefault("s", ""),
              fields.getOrDefault("d", ""),
              fields.getOrDefault("m", ""),
              fields.getOrDefault("i", ""),
              PORT.matcher(port).matches() ? Integer.parseInt(port) : 0,
              fields.getOrDefault("e", ""),
              fields.getOrDefault("t", "")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static byte[] fromBase64(String value) throws LegacyTagException {
    try {
      return Base64.getDecoder().decode(value.replace("\n", ""));
    } catch (IllegalArgumentException e) {
      throw new LegacyTagException("it is no base64", e);
    }
  }

  private static String unpack(byte[] packed) throws LegacyTagException {
    if (packed.length < 4 || packed[3] < '1' || packed[3] > '9') {
      throw new LegacyTagException("it is no bzip2");
    }
    // The level only sizes the buffers, 4 MB for what old nodes write. No block of a text that is
    // not over the limit overflows those of level 1.
    packed[3] = '1';
    byte[] text;
    try (InputStream in = new BZip2CompressorInputStream(new ByteArrayInputStream(packed))) {
      text = in.readNBytes(MAX_JSON + 1);
    } catch (IOException | RuntimeException e) {
      throw new LegacyTagException("it is no bzip2, or unpacks to too much", e);
    }
    if (text.length > MAX_JSON) {
      throw new LegacyTagException("it unpacks to more than " + MAX_JSON + " bytes");
    }
    return new String(text, StandardCharsets.UTF_8);
  }
}
