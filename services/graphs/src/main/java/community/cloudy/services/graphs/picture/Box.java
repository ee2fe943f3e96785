package community.cloudy.services.graphs.picture;

/** A rectangle, in pixels. */
record Box(double x, double y, double width, double height) {
  double right() {
    return x + width;
  }

  double bottom() {
    return y + height;
  }
}
