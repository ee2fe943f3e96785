package community.cloudy.services.graphs.store;

import java.io.IOException;

/** A file is not what it should be: foreign, torn, or cut off. The message follows its name. */
final class BadFileException extends IOException {
  private static final long serialVersionUID = 1;

  BadFileException(String reason) {
    super(reason);
  }
}
