package community.cloudy.gossip.discovery.catalogue;

import java.util.function.Consumer;

/** Checks signatures, which takes too long for the event loop. */
@FunctionalInterface
public interface Verifier {
  /** Tells {@code done}, later and on the event loop, whether the signature is the key's. */
  void verify(SignedAnnouncement record, Consumer<Boolean> done);
}
