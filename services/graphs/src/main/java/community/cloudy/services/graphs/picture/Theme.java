package community.cloudy.services.graphs.picture;

import java.util.List;

/**
 * Colours, 0xAARRGGBB.
 *
 * @param page behind all
 * @param plot behind the curves
 * @param grid lines of the grid
 * @param text titles and values
 * @param faint what labels the axes
 * @param in received; an area
 * @param out sent; a line over it
 * @param latency times of answers
 * @param smoke from the best to the worst of them
 * @param loss requests without an answer
 * @param mark the 95th percentile
 * @param many for lines of many devices, in turn
 */
public record Theme(
    int page,
    int plot,
    int grid,
    int text,
    int faint,
    int in,
    int out,
    int latency,
    int smoke,
    int loss,
    int mark,
    List<Integer> many) {
  /** For bright pages. */
  public static final Theme LIGHT =
      new Theme(
          0xffffffff,
          0xfff8fafc,
          0xffdfe5ec,
          0xff1e293b,
          0xff5b6b80,
          0xff3b82f6,
          0xffe07b00,
          0xff0f766e,
          0x400f766e,
          0xb0dc2626,
          0xff7c3aed,
          List.of(
              0xff2563eb,
              0xffe07b00,
              0xff15803d,
              0xffb91c1c,
              0xff7c3aed,
              0xff0e7490,
              0xffa16207,
              0xffdb2777,
              0xff4d7c0f,
              0xff475569));

  /** For dark pages. */
  public static final Theme DARK =
      new Theme(
          0xff14181f,
          0xff1b212b,
          0xff303947,
          0xffe5e9f0,
          0xff9aa7b8,
          0xff4f93f7,
          0xffffa64d,
          0xff2dd4bf,
          0x482dd4bf,
          0xb0f87171,
          0xffb794f6,
          List.of(
              0xff60a5fa,
              0xffffa64d,
              0xff4ade80,
              0xfff87171,
              0xffc4b5fd,
              0xff22d3ee,
              0xfffacc15,
              0xfff472b6,
              0xffa3e635,
              0xffcbd5e1));

  /** What snpservices asked rrdtool for, on rrdtool's own grey. */
  public static final Theme LEGACY =
      new Theme(
          0xfff2f2f2,
          0xffffffff,
          0xffd8d8d8,
          0xff000000,
          0xff000000,
          0xff0000ff,
          0xff00ff00,
          0xff00ff00,
          0x4000ff00,
          0xffffff00,
          0xffcc0000,
          List.of(
              0xff0000ff,
              0xffff0000,
              0xffffcc00,
              0xff66ccff,
              0xff000000,
              0xff00cc00,
              0xff990000,
              0xffffff00,
              0xff800000,
              0xffc0ffc0,
              0xffffdca8,
              0xff008000,
              0xffa0a0a0));

  /** Copies the list. */
  public Theme {
    many = List.copyOf(many);
  }
}
