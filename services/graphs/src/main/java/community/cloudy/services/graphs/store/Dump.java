package community.cloudy.services.graphs.store;

import community.cloudy.services.graphs.store.Layout.Archive;
import community.cloudy.services.graphs.store.Layout.Source;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;

/** Writes a round-robin file as the XML of {@code rrdtool dump}, which every rrdtool restores. */
final class Dump {
  private final RrdFile file;
  private final Head head;
  private final Appendable out;

  private Dump(RrdFile file, Appendable out) {
    this.file = file;
    this.head = file.head();
    this.out = out;
  }

  static void write(RrdFile file, Appendable out) throws IOException {
    new Dump(file, out).write();
  }

  private void write() throws IOException {
    Layout layout = head.layout();
    line("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
    line("<rrd>");
    line("<version>0003</version>");
    line("<step>%d</step>", layout.step());
    line("<lastupdate>%d</lastupdate> <!-- %s -->", head.seconds(), time(head.seconds()));
    for (int s = 0; s < layout.sources().size(); s++) {
      source(s, layout.sources().get(s));
    }
    for (int a = 0; a < layout.archives().size(); a++) {
      archive(a, layout.archives().get(a));
    }
    line("</rrd>");
  }

  private void source(int s, Source source) throws IOException {
    line("<ds>");
    line("  <name> %s </name> <type> %s </type>", source.name(), source.type());
    line("  <minimal_heartbeat>%d</minimal_heartbeat>", source.heartbeat());
    line("  <min>%s</min> <max>%s</max>", number(source.min()), number(source.max()));
    line("  <last_ds>%s</last_ds>", head.reading(s).replaceAll("[^A-Za-z0-9+. -]", "?"));
    line("  <value>%s</value>", number(head.sum(s)));
    line("  <unknown_sec> %d </unknown_sec>", head.unknownSeconds(s));
    line("</ds>");
  }

  private void archive(int a, Archive archive) throws IOException {
    line("<rra>");
    line("  <cf>%s</cf>", archive.function());
    line("  <pdp_per_row>%d</pdp_per_row>", archive.steps());
    line("  <params> <xff>%s</xff> </params>", number(archive.unknown()));
    line("  <cdp_prep>");
    for (int s = 0; s < head.layout().sources().size(); s++) {
      Cell cell = head.cell(a, s);
      line("    <ds>");
      line("      <primary_value>%s</primary_value>", number(cell.first()));
      line("      <secondary_value>%s</secondary_value>", number(cell.others()));
      line("      <value>%s</value>", number(cell.value()));
      line("      <unknown_datapoints>%d</unknown_datapoints>", cell.unknown());
      line("    </ds>");
    }
    line("  </cdp_prep>");
    rows(a, archive);
    line("</rra>");
  }

  private void rows(int a, Archive archive) throws IOException {
    double[] values = file.all(a);
    int width = head.layout().sources().size();
    long seconds = head.layout().seconds(archive);
    long at = head.seconds() - head.seconds() % seconds - seconds * (archive.rows() - 1);
    line("  <database>");
    for (int i = 0; i < values.length; at += seconds) {
      out.append("    <!-- ").append(time(at)).append(" / ").append(String.valueOf(at));
      out.append(" --> <row>");
      for (int s = 0; s < width; s++, i++) {
        out.append("<v>").append(number(values[i])).append("</v>");
      }
      out.append("</row>\n");
    }
    line("  </database>");
  }

  private void line(String format, Object... values) throws IOException {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String time(long seconds) {
    return Instant.ofEpochSecond(seconds).toString();
  }

  /** All 17 digits, where rrdtool writes 11: what is restored is the same to the bit. */
  static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    return Double.isNaN(value) ? "NaN" : String.format(Locale.ROOT, "%.16e", value);
  }
}
