package community.cloudy.services.graphs.picture;

/**
 * Where the parts of a plot are, and how large letters are, in pixels.
 *
 * @param whole all of it
 * @param plot where the curves are
 * @param title size of the title's letters
 * @param label size of the axes' letters
 * @param legend size of the legend's letters
 * @param row height of a row of the legend
 * @param firstRow where the base line of the legend's first row is
 */
record Frame(Box whole, Box plot, int title, int label, int legend, int row, double firstRow) {
  private static final int NARROW = 480;
  private static final double MOST_LEGEND = 0.52;

  /** Puts a plot, with so many rows below it, into a place. */
  static Frame within(Box whole, int rows, boolean shares) {
    boolean narrow = whole.width() < NARROW;
    int left = narrow ? 46 : 62;
    int right = shares ? 42 : 18;
    int row = narrow ? 16 : 18;
    int top = 32;
    int axis = 22;
    double room = (whole.height() - top - axis) * MOST_LEGEND;
    double used = Math.max(0, Math.min(rows, Math.floor(room / row))) * row;
    double height = Math.max(1, whole.height() - top - axis - used - (used > 0 ? 12 : 4));
    Box plot =
        new Box(
            whole.x() + left, whole.y() + top, Math.max(1, whole.width() - left - right), height);
    return new Frame(whole, plot, narrow ? 13 : 15, 11, 12, row, plot.bottom() + axis + row - 3);
  }

  /** Lays out as rrdtool does, with the fonts that snpservices asked for. */
  static Frame legacy(int width, int height, int rows) {
    boolean narrow = width < 600;
    Box plot = new Box(narrow ? 45 : 77, narrow ? 22 : 32, width, height);
    int row = narrow ? 9 : 14;
    int below = narrow ? 21 : 29;
    Box whole = new Box(0, 0, width + (narrow ? 75 : 107), plot.bottom() + below + rows * row);
    return narrow
        ? new Frame(whole, plot, 10, 8, 8, row, plot.bottom() + 26)
        : new Frame(whole, plot, 14, 11, 12, row, plot.bottom() + 36);
  }

  /** Is only the plot. */
  static Frame bare(int width, int height) {
    Box all = new Box(0, 0, width, height);
    return new Frame(all, all, 10, 8, 8, 0, height);
  }

  /** Returns how many rows of the legend have room. */
  int rows() {
    return row == 0 ? 0 : (int) Math.max(0, (whole.bottom() - firstRow + row - 4) / row);
  }

  boolean isNarrow() {
    return plot.width() < NARROW;
  }
}
