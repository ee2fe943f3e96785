package community.cloudy.services.bind.named;

import java.nio.file.Path;
import org.xbill.DNS.Name;

/**
 * Where things lie in the module's folder.
 *
 * @param folder it
 */
public record Layout(Path folder) {
  /** Returns where named writes. */
  public Path state() {
    return folder.resolve("state");
  }

  /** Returns where the keys are. */
  public Path keys() {
    return folder.resolve("keys");
  }

  /** Returns where documents of others are kept. */
  public Path documents() {
    return folder.resolve("guifi");
  }

  /** Returns the file of a zone that named changes. */
  public Path dynamic(Name zone) {
    return state().resolve("dynamic").resolve(zone.toString(true) + ".zone");
  }
}
