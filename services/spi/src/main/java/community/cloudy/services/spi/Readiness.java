package community.cloudy.services.spi;

import community.cloudy.gossip.discovery.Health;
import java.io.IOException;

/** Proves that a service works, by using it. */
@FunctionalInterface
public interface Readiness {
  /**
   * Looks once; takes at most a few seconds.
   *
   * @return what was seen; failing or unknown is not ready
   * @throws IOException to say that it does not answer; the message is the evidence
   */
  Health look() throws IOException, InterruptedException;
}
