package community.cloudy.services.graphs.picture;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A picture that is wished for.
 *
 * @param kind of what
 * @param id of the device; for a supernode, of the node
 * @param port the number of a port, if it is about one; else the first of the device
 * @param direction of traffic of many; both, one above the other, if none is said
 * @param from seconds since 1970
 * @param to the same
 * @param width in pixels, 120 to 2,000; in legacy style, of the plot, 1 to 1,893
 * @param height in pixels, 60 to 1,200, of each plot if there are some; in legacy style, 1 to 900
 * @param most how many curves of many there may be, the largest first, 1 to 63
 * @param look how it looks
 */
public record Wish(
    Kind kind,
    String id,
    OptionalInt port,
    Optional<Direction> direction,
    long from,
    long to,
    int width,
    int height,
    int most,
    Look look) {
  private static final long MAX_SPAN = 10L * 366 * 86_400;
  private static final int MAX_MANY = 63;

  /** Of what there are pictures. */
  public enum Kind {
    /** Loss and times of answers of a device. */
    PINGS,
    /** Traffic of a port. */
    TRAFFIC,
    /** Signal and stations of a port. */
    WIRELESS,
    /** All of a device: pings and its ports, one above the other. */
    DEVICE,
    /** Traffic of a device and of its clients. */
    CLIENTS,
    /** Traffic of all devices of a node. */
    SUPERNODE
  }

  /** Which way traffic goes, as the device sees it. */
  public enum Direction {
    /** Received. */
    IN,
    /** Sent. */
    OUT;

    Direction other() {
      return this == IN ? OUT : IN;
    }
  }

  /** In which form. */
  public enum Format {
    /** Portable Network Graphics. */
    PNG,
    /** Scalable Vector Graphics. */
    SVG
  }

  /**
   * How a picture looks.
   *
   * @param legacy whether as rrdtool drew it for snpservices; the rest then is as it was there
   * @param bare whether only the plot, without words
   * @param bytes whether traffic is in bytes a second, not bits
   */
  public record Look(
      Format format, Theme theme, Language language, boolean legacy, boolean bare, boolean bytes) {
    /** Returns the look of pictures of our own. */
    public static Look of(Format format, Theme theme, Language language) {
      return new Look(format, theme, language, false, false, false);
    }

    /** Returns the look of snpservices' pictures. */
    public static Look legacy(boolean bare, boolean bytes) {
      return new Look(Format.PNG, Theme.LEGACY, Language.EN, true, bare, bytes);
    }
  }

  /** Checks the limits. */
  public Wish {
    if (to <= from || to - from > MAX_SPAN || Math.abs(from) > 1e11) {
      throw new IllegalArgumentException("a picture shows over 0 s to 10 years");
    }
    boolean fits =
        look.legacy()
            ? width >= 1 && width <= 1893 && height >= 1 && height <= 900
            : width >= 120 && width <= 2000 && height >= 60 && height <= 1200;
    if (!fits) {
      throw new IllegalArgumentException(
          "a picture is 120 to 2,000 pixels wide and 60 to 1,200 high");
    }
    if (most < 1 || most > MAX_MANY) {
      throw new IllegalArgumentException("a picture has 1 to 63 curves");
    }
  }
}
