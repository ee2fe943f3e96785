package community.cloudy.services.bind.named;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** Reads the statistics in one way or the other. */
public final class StatisticsAccess {
  private StatisticsAccess() {}

  /** Reads them as JSON. */
  public static Statistics json(int port) throws IOException {
    return Statistics.ofJson(get(port, "/json/v1/server"));
  }

  /** Reads them as XML. */
  public static Statistics xml(int port) throws IOException {
    return Statistics.ofXml(get(port, "/xml/v3/server"));
  }

  private static byte[] get(int port, String path) throws IOException {
    try (InputStream in = URI.create("http://127.0.0.1:" + port + path).toURL().openStream()) {
      return in.readAllBytes();
    }
  }
}
