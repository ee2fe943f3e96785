package community.cloudy.services.graphs.snmp;

import community.cloudy.services.graphs.model.Device;
import java.util.concurrent.CompletableFuture;

/** Asks devices. */
interface Asker {
  /**
   * Asks a device, with its credential; what follows runs on the polling thread.
   *
   * @return never fails
   */
  CompletableFuture<Answer> ask(Device device, Question question);
}
