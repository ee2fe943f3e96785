package community.cloudy.services.spi.render;

import java.nio.file.Path;
import java.util.Map;

/** Makes the content of the files from a typed model. */
@FunctionalInterface
public interface Renderer {
  /**
   * Returns the files by their path below {@code folder}, such as {@code squid.conf}.
   *
   * @param folder where they will lie: files that name each other do it by this path. It is called
   *     for the folder of a version that is only checked, and again for the one that is used
   */
  Map<String, String> render(Path folder);
}
