package community.cloudy.services.graphs.picture;

import community.cloudy.services.graphs.picture.Paper.Anchor;
import community.cloudy.services.graphs.picture.Paper.Letters;
import community.cloudy.services.graphs.picture.Paper.Point;

/**
 * The badge of a device's availability, in the size and colours of snpservices.
 *
 * @param up whether the device answered last
 * @param clock when that was, HH:MM, or --:--; empty for the short badge
 * @param share for how much of the time it answered, such as 99.98%, or n/a
 */
public record Badge(boolean up, String clock, String share) {
  private static final int GREEN = 0xff33ff00;
  private static final int RED = 0xffff3300;
  private static final int INK = 0xff000064;
  private static final int LONG = 117;
  private static final int SHORT = 77;
  private static final int HEIGHT = 15;

  /** Returns what it says. */
  public String text() {
    String state = up ? "Up" : "Down";
    return clock.isEmpty() ? state + " (" + share + ")" : state + " " + clock + " (" + share + ")";
  }

  int width() {
    return clock.isEmpty() ? SHORT : LONG;
  }

  int height() {
    return HEIGHT;
  }

  void draw(Paper paper) {
    paper.fill(new Box(0, 0, width(), HEIGHT), up ? GREEN : RED);
    int size = 10;
    while (size > 7 && paper.width(text(), new Letters(size, INK, false, true)) > width() - 5) {
      size--;
    }
    paper.text(text(), new Point(3, 11), Anchor.START, new Letters(size, INK, false, true));
  }
}
