package community.cloudy.services.graphs.picture;

import community.cloudy.services.graphs.model.Inventory;
import community.cloudy.services.graphs.picture.Wish.Format;
import community.cloudy.services.graphs.store.Store;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Draws pictures of what is in the store. May be used from any thread; two draw at once on a node.
 */
public final class Pictures {
  private static final int AT_ONCE = 2;
  private static final int PATIENCE_SECONDS = 10;

  /** Of the whole node: what a picture takes is of its memory. */
  private static final Semaphore DRAWING = new Semaphore(AT_ONCE, true);

  /** A long legend ends here. */
  private static final int MAX_HEIGHT = 1200;

  private final Store store;
  private final Supplier<Inventory> inventory;
  private final ZoneId zone;

  /**
   * Makes one.
   *
   * @param inventory what is watched now
   * @param zone whose hours and days are on the axes
   */
  public Pictures(Store store, Supplier<Inventory> inventory, ZoneId zone) {
    this.store = store;
    this.inventory = inventory;
    this.zone = zone;
  }

  /**
   * Draws a picture.
   *
   * @throws ServiceException if there is no such device or node, too many wait for pictures, or
   *     this machine has no font
   * @throws IOException if a file cannot be read; the message says why
   */
  public byte[] draw(Wish wish) throws IOException {
    return alone(
        () -> {
          List<Chart> charts = new Charts(store, inventory.get(), wish, zone).all();
          return wish.look().legacy() ? legacy(wish, charts.get(0)) : own(wish, charts);
        });
  }

  /** Draws a badge, as PNG. */
  public byte[] draw(Badge badge) throws IOException {
    return alone(
        () -> {
          Paper paper = new PngPaper(badge.width(), badge.height());
          badge.draw(paper);
          return paper.finish();
        });
  }

  private byte[] own(Wish wish, List<Chart> charts) {
    Chart.Style style = new Chart.Style(wish.look().theme(), wish.look().language(), zone, false);
    int height = wish.height() * charts.size();
    return draw(
        wish,
        new Box(0, 0, wish.width(), height),
        charts,
        style,
        index -> {
          Box place = new Box(0, (double) index * wish.height(), wish.width(), wish.height());
          Chart chart = charts.get(index);
          boolean shares =
              chart.traces().stream().anyMatch(trace -> trace.look() == Trace.Look.SHARE);
          return wish.look().bare()
              ? Frame.bare(wish.width(), height)
              : Frame.within(place, Legend.rows(chart), shares);
        });
  }

  private byte[] legacy(Wish wish, Chart chart) {
    Chart.Style style = new Chart.Style(wish.look().theme(), wish.look().language(), zone, true);
    Frame frame =
        wish.look().bare()
            ? Frame.bare(wish.width(), wish.height())
            : Frame.legacy(wish.width(), wish.height(), Legend.rows(chart));
    return draw(wish, frame.whole(), List.of(chart), style, index -> frame);
  }

  private static byte[] draw(
      Wish wish, Box page, List<Chart> charts, Chart.Style style, IntFunction<Frame> frames) {
    int width = (int) page.width();
    int height = (int) Math.min(MAX_HEIGHT, page.height());
    Paper paper =
        wish.look().format() == Format.PNG
            ? new PngPaper(width, height)
            : new SvgPaper(width, height, charts.get(0).title());
    paper.fill(page, style.theme().page());
    for (int i = 0; i < charts.size(); i++) {
      new Plot(charts.get(i), style, frames.apply(i), paper).draw();
    }
    return paper.finish();
  }

  private interface Drawing {
    byte[] draw() throws IOException;
  }

  private byte[] alone(Drawing drawing) throws IOException {
    try {
      if (!DRAWING.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new ServiceException(
            Code.UNAVAILABLE, "Could not draw: too many wait for pictures. Ask again later.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceException(Code.UNAVAILABLE, "Could not draw: the node is stopping.", e);
    }
    try {
      return drawing.draw();
    } catch (LinkageError | InternalError e) {
      throw fontless(e);
    } catch (RuntimeException e) {
      // The toolkit says so by a plain exception when the machine has no font at all.
      if (String.valueOf(e.getMessage()).contains("Fontconfig")) {
        throw fontless(e);
      }
      throw e;
    } finally {
      DRAWING.release();
    }
  }

  private static ServiceException fontless(Throwable e) {
    return new ServiceException(
        Code.MISSING,
        "Could not draw a PNG: this machine has no font. Install fonts-dejavu-core, or ask for SVG.",
        e);
  }
}
