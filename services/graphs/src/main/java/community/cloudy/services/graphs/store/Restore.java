package community.cloudy.services.graphs.store;

import community.cloudy.services.graphs.store.Layout.Archive;
import community.cloudy.services.graphs.store.Layout.Function;
import community.cloudy.services.graphs.store.Layout.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the XML of {@code rrdtool dump}, of any architecture. Types and entities are off, the
 * document ends after 64 MiB, a text after 64 characters, and there are at most 1,000,000 values.
 */
final class Restore {
  private static final long MAX_BYTES = 64 << 20;
  private static final int MAX_TEXT = 64;
  private static final int MAX_VALUES = 1_000_000;
  private static final int MAX_DEPTH = 16;

  /** No element can be called so. */
  private static final String VALUES = " values";

  private final Map<String, String> top = new HashMap<>();
  private final List<Map<String, String>> sources = new ArrayList<>();
  private final List<Map<String, String>> archives = new ArrayList<>();
  private final List<Map<String, String>> cells = new ArrayList<>();
  private double[] values = new double[4096];
  private int count;
  private Map<String, String> fields = top;

  private Restore() {}

  /**
   * Makes a file of a dump.
   *
   * @return how many bytes were written
   * @throws BadFileException if it is no such dump
   */
  static long from(InputStream dump, Path to) throws IOException {
    Restore restore = new Restore();
    try {
      restore.read(new Bounded(dump));
      Layout layout = restore.layout();
      Head head = restore.head(layout);
      if (restore.count != (int) ((head.offset(layout.archives().size()) - head.size()) / 8)) {
        throw new BadFileException("is no whole dump: it has " + restore.count + " values");
      }
      return RrdFile.create(to, head, restore.values);
    } catch (XMLStreamException | IllegalArgumentException e) {
      throw new BadFileException(
          "is no dump of rrdtool: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private void read(InputStream dump) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XMLStreamReader reader = factory.createXMLStreamReader(dump);
    StringBuilder text = new StringBuilder();
    int depth = 0;
    while (reader.hasNext()) {
      int event = reader.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        if (++depth > MAX_DEPTH) {
          throw new IllegalArgumentException("it is too deep");
        }
        begin(reader.getLocalName(), depth);
        text.setLength(0);
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
        end(reader.getLocalName(), text.toString().strip());
        text.setLength(0);
      } else if (event == XMLStreamConstants.CHARACTERS && text.length() <= MAX_TEXT) {
        text.append(reader.getText(), 0, Math.min(reader.getTextLength(), MAX_TEXT));
      }
    }
  }

  private void begin(String name, int depth) {
    if (name.equals("ds")) {
      fields = new HashMap<>();
      (depth == 2 ? sources : cells).add(fields);
    } else if (name.equals("rra")) {
      fields = new HashMap<>(Map.of(VALUES, "0"));
      archives.add(fields);
    }
    if (sources.size() > 32 || archives.size() > 32 || cells.size() > 32 * 32) {
      throw new IllegalArgumentException("it has too many parts");
    }
  }

  private void end(String name, String text) {
    switch (name) {
      case "v" -> value(number(text));
      case "cdp_prep" -> fields = archives.get(archives.size() - 1);
      case "ds" -> fields = archives.isEmpty() ? top : fields;
      case "rra" -> {
        int before = archives.stream().mapToInt(a -> (int) whole(a, VALUES)).sum();
        fields.put(VALUES, String.valueOf(count - before));
      }
      default -> fields.put(name, text);
    }
  }

  private void value(double value) {
    if (count == MAX_VALUES) {
      throw new IllegalArgumentException("it has more than 1,000,000 values");
    }
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = value;
  }

  private Layout layout() {
    return new Layout(
        (int) whole(top, "step"),
        sources.stream()
            .map(
                f ->
                    new Source(
                        text(f, "name"),
                        Layout.Type.valueOf(text(f, "type")),
                        whole(f, "minimal_heartbeat"),
                        number(text(f, "min")),
                        number(text(f, "max"))))
            .toList(),
        archives.stream()
            .map(
                f ->
                    new Archive(
                        Function.valueOf(text(f, "cf")),
                        (int) whole(f, "pdp_per_row"),
                        (int) (whole(f, VALUES) / Math.max(1, sources.size())),
                        number(text(f, "xff"))))
            .toList());
  }

  private Head head(Layout layout) {
    Head head = Head.create(layout, whole(top, "lastupdate"));
    if (cells.size() != layout.sources().size() * layout.archives().size()) {
      throw new IllegalArgumentException("it does not tell what its archives prepare");
    }
    for (int s = 0; s < sources.size(); s++) {
      head.reading(s, text(sources.get(s), "last_ds"));
      head.sum(s, number(text(sources.get(s), "value")));
      head.unknownSeconds(s, whole(sources.get(s), "unknown_sec"));
    }
    for (int i = 0; i < cells.size(); i++) {
      Map<String, String> from = cells.get(i);
      Cell cell = head.cell(i / sources.size(), i % sources.size());
      cell.first(number(from.getOrDefault("primary_value", "NaN")));
      cell.others(number(from.getOrDefault("secondary_value", "NaN")));
      cell.value(number(text(from, "value")));
      cell.unknown(whole(from, "unknown_datapoints"));
    }
    return head;
  }

  private static String text(Map<String, String> fields, String name) {
    String text = fields.get(name);
    if (text == null) {
      throw new IllegalArgumentException("it has no " + name);
    }
    return text;
  }

  private static long whole(Map<String, String> fields, String name) {
    long number = Long.parseLong(text(fields, name));
    if (number < 0 || number > Integer.MAX_VALUE * 4L) {
      throw new IllegalArgumentException("its " + name + " makes no sense");
    }
    return number;
  }

  private static double number(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan", "-nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /** Ends after so many bytes. */
  private static final class Bounded extends InputStream {
    private final InputStream in;
    private long left = MAX_BYTES;

    Bounded(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, (int) Math.min(length, left));
      left -= Math.max(0, read);
      if (left == 0) {
        throw new IOException("it is larger than 64 MiB");
      }
      return read;
    }
  }
}
