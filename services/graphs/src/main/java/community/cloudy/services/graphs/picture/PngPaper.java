package community.cloudy.services.graphs.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Draws PNG, by Java's own toolkit without a display; it needs a font, such as DejaVu. */
final class PngPaper implements Paper {
  static {
    System.setProperty("java.awt.headless", "true");
  }

  private final BufferedImage image;
  private final Graphics2D graphics;

  PngPaper(int width, int height) {
    image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  @Override
  public void fill(Box box, int color) {
    graphics.setColor(new Color(color, true));
    graphics.fill(new Rectangle2D.Double(box.x(), box.y(), box.width(), box.height()));
  }

  @Override
  public void fill(List<Point> points, int color) {
    graphics.setColor(new Color(color, true));
    Path2D path = path(points);
    path.closePath();
    graphics.fill(path);
  }

  @Override
  public void line(List<Point> points, double width, int color) {
    graphics.setColor(new Color(color, true));
    graphics.setStroke(
        new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
    graphics.draw(path(points));
  }

  @Override
  public void dashes(Point from, Point to, int color) {
    graphics.setColor(new Color(color, true));
    graphics.setStroke(
        new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {4, 3}, 0));
    graphics.draw(path(List.of(from, to)));
  }

  @Override
  public void text(String text, Point at, Anchor anchor, Letters type) {
    double width = anchor == Anchor.START ? 0 : width(text, type);
    graphics.setFont(font(type));
    graphics.setColor(new Color(type.color(), true));
    float x = (float) (at.x() - (anchor == Anchor.MIDDLE ? width / 2 : width));
    graphics.drawString(text, Math.round(x), Math.round((float) at.y()));
  }

  @Override
  public void textUp(String text, Point at, Letters type) {
    Graphics2D turned = (Graphics2D) graphics.create();
    turned.translate(at.x(), at.y());
    turned.rotate(-Math.PI / 2);
    turned.setColor(new Color(type.color(), true));
    turned.setFont(font(type));
    turned.drawString(text, (float) (-width(text, type) / 2), 0);
    turned.dispose();
  }

  @Override
  public double width(String text, Letters type) {
    graphics.setFont(font(type));
    return graphics.getFontMetrics().getStringBounds(text, graphics).getWidth();
  }

  private static Font font(Letters type) {
    String family = type.mono() ? Font.MONOSPACED : Font.SANS_SERIF;
    return new Font(family, type.bold() ? Font.BOLD : Font.PLAIN, type.size());
  }

  private static Path2D path(List<Point> points) {
    Path2D path = new Path2D.Double();
    path.moveTo(points.get(0).x(), points.get(0).y());
    points.stream().skip(1).forEach(point -> path.lineTo(point.x(), point.y()));
    return path;
  }

  /** Writes it without the toolkit's plug-ins for pictures, which cost more than this. */
  @Override
  public byte[] finish() {
    graphics.dispose();
    int width = image.getWidth();
    int height = image.getHeight();
    ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 14);
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    // Eight bits for each of red, green and blue; deflated, the only filters, not interlaced.
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    chunk(out, "IHDR", header.put((byte) 8).put((byte) 2).array());
    chunk(out, "IDAT", pixels(width, height));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private byte[] pixels(int width, int height) {
    Deflater deflater = new Deflater();
    ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 14);
    byte[] packed = new byte[1 << 13];
    int[] row = new int[width];
    byte[] line = new byte[1 + 3 * width];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0, i = 1; x < width; x++) {
        line[i++] = (byte) (row[x] >> 16);
        line[i++] = (byte) (row[x] >> 8);
        line[i++] = (byte) row[x];
      }
      deflater.setInput(line);
      while (!deflater.needsInput()) {
        out.write(packed, 0, deflater.deflate(packed));
      }
    }
    deflater.finish();
    while (!deflater.finished()) {
      out.write(packed, 0, deflater.deflate(packed));
    }
    deflater.end();
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String name, byte[] content) {
    byte[] type = name.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(type);
    sum.update(content);
    out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    out.writeBytes(type);
    out.writeBytes(content);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }
}
