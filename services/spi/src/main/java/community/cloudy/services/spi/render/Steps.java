package community.cloudy.services.spi.render;

import java.nio.file.Path;

/** What a new version of the files goes through. Each step refuses by {@code ServiceException}. */
public interface Steps {
  /** Asks the owner of the files, a program such as {@code named-checkconf}, about a version. */
  void check(Path folder);

  /** Makes the service use what now lies in {@code folder}. */
  void reload(Path folder);

  /** Sees that the service works with it. */
  void verify();
}
