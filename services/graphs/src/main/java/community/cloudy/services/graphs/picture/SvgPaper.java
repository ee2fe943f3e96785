package community.cloudy.services.graphs.picture;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Draws SVG 1.1: shapes and text only, nothing that runs or is loaded. */
final class SvgPaper implements Paper {
  private static final String SANS = "DejaVu Sans,Verdana,sans-serif";
  private static final String MONO = "DejaVu Sans Mono,Courier New,monospace";

  private final StringBuilder out = new StringBuilder();

  SvgPaper(int width, int height, String title) {
    out.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\""
                + " viewBox=\"0 0 %1$d %2$d\" role=\"img\">%n",
            width,
            height));
    out.append("<title>").append(escaped(title)).append("</title>\n");
  }

  @Override
  public void fill(Box box, int color) {
    out.append("<rect x=\"").append(n(box.x())).append("\" y=\"").append(n(box.y()));
    out.append("\" width=\"").append(n(box.width())).append("\" height=\"");
    out.append(n(box.height())).append('"').append(paint("fill", color)).append("/>\n");
  }

  @Override
  public void fill(List<Point> points, int color) {
    out.append("<path d=\"").append(path(points)).append("Z\"").append(paint("fill", color));
    out.append("/>\n");
  }

  @Override
  public void line(List<Point> points, double width, int color) {
    out.append("<path d=\"").append(path(points)).append("\" fill=\"none\" stroke-width=\"");
    out.append(n(width)).append("\" stroke-linejoin=\"round\"").append(paint("stroke", color));
    out.append("/>\n");
  }

  @Override
  public void dashes(Point from, Point to, int color) {
    out.append("<path d=\"").append(path(List.of(from, to)));
    out.append("\" fill=\"none\" stroke-dasharray=\"4 3\"").append(paint("stroke", color));
    out.append("/>\n");
  }

  @Override
  public void text(String text, Point at, Anchor anchor, Letters type) {
    out.append("<text x=\"").append(n(at.x())).append("\" y=\"").append(n(at.y()));
    out.append("\" text-anchor=\"").append(anchor.name().toLowerCase(Locale.ROOT)).append('"');
    body(text, type);
  }

  @Override
  public void textUp(String text, Point at, Letters type) {
    out.append("<text transform=\"translate(").append(n(at.x())).append(' ').append(n(at.y()));
    out.append(") rotate(-90)\" text-anchor=\"middle\"");
    body(text, type);
  }

  private void body(String text, Letters type) {
    out.append(" font-family=\"").append(type.mono() ? MONO : SANS);
    out.append("\" font-size=\"").append(type.size()).append('"');
    out.append(type.bold() ? " font-weight=\"bold\"" : "").append(" xml:space=\"preserve\"");
    out.append(paint("fill", type.color())).append('>').append(escaped(text)).append("</text>\n");
  }

  /** Who shows it has fonts we do not know: a little more than DejaVu's, which are wide. */
  @Override
  public double width(String text, Letters type) {
    if (type.mono()) {
      return 0.61 * type.size() * text.length();
    }
    double em = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      em += "il.,:;|'! jtfI".indexOf(c) >= 0 ? 0.38 : "mwMW@%—…".indexOf(c) >= 0 ? 0.98 : 0.64;
    }
    return em * type.size() * (type.bold() ? 1.1 : 1);
  }

  @Override
  public byte[] finish() {
    return out.append("</svg>\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String path(List<Point> points) {
    StringBuilder path = new StringBuilder();
    for (Point point : points) {
      path.append(path.isEmpty() ? 'M' : 'L').append(n(point.x())).append(' ').append(n(point.y()));
    }
    return path.toString();
  }

  private static String paint(String what, int color) {
    int alpha = color >>> 24;
    String paint = String.format(Locale.ROOT, " %s=\"#%06x\"", what, color & 0xffffff);
    return alpha == 255 ? paint : paint + " " + what + "-opacity=\"" + n(alpha / 255.0) + "\"";
  }

  private static String n(double value) {
    return BigDecimal.valueOf(value)
        .setScale(2, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** What XML cannot hold becomes a question mark. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(valid(c) ? c : '?');
              }
            });
    return escaped.toString();
  }

  private static boolean valid(int c) {
    return (c >= 0x20 && c < 0xd800) || (c >= 0xe000 && c < 0xfffe) || c > 0xffff;
  }
}
