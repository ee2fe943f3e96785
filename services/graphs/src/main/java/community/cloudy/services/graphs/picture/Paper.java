package community.cloudy.services.graphs.picture;

import java.util.List;

/**
 * What is drawn on. Units are pixels, y grows downwards; a colour is 0xAARRGGBB. Text is of
 * strangers: it is shown, never interpreted.
 */
interface Paper {
  /** Where a text stands by its place. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /**
   * How a text looks.
   *
   * @param size in pixels
   * @param mono whether all characters are equally wide
   */
  record Letters(int size, int color, boolean bold, boolean mono) {}

  /** A place. */
  record Point(double x, double y) {}

  /** Fills a rectangle. */
  void fill(Box box, int color);

  /** Fills what is within some points. */
  void fill(List<Point> points, int color);

  /** Draws a line over some points. */
  void line(List<Point> points, double width, int color);

  /** Draws a dashed straight line. */
  void dashes(Point from, Point to, int color);

  /** Writes a text on a base line. */
  void text(String text, Point at, Anchor anchor, Letters type);

  /** Writes a text upwards, with its middle at a place. */
  void textUp(String text, Point at, Letters type);

  /** Returns how wide a text is, about. */
  double width(String text, Letters type);

  /** Makes the picture; nothing can be drawn after. */
  byte[] finish();

  /** Cuts a text to a width, with dots at its end. */
  default String cut(String text, double most, Letters type) {
    if (width(text, type) <= most) {
      return text;
    }
    int end = text.length();
    while (end > 0 && width(text.substring(0, end) + "…", type) > most) {
      end = text.offsetByCodePoints(end, -1);
    }
    return end == 0 ? "" : text.substring(0, end).stripTrailing() + "…";
  }
}
