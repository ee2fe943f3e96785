package community.cloudy.gossip.discovery;

import community.cloudy.gossip.discovery.catalogue.SignedAnnouncement;
import community.cloudy.gossip.discovery.catalogue.Verifier;
import community.cloudy.gossip.serf.transport.Scheduler;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** Ed25519 (RFC 8032) as Java has it; checks off the event loop. */
final class Signatures implements Verifier, SignedAnnouncement.Signer {
  private static final String ALGORITHM = "Ed25519";

  private final PrivateKey key;
  private final Executor worker;
  private final Scheduler scheduler;

  Signatures(PrivateKey key, Executor worker, Scheduler scheduler) {
    this.key = key;
    this.worker = worker;
    this.scheduler = scheduler;
  }

  @Override
  public byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot sign with the node's key", e);
    }
  }

  @Override
  public void verify(SignedAnnouncement record, Consumer<Boolean> done) {
    worker.execute(
        () -> {
          boolean genuine = isGenuine(record);
          try {
            scheduler.schedule(0, () -> done.accept(genuine));
          } catch (RejectedExecutionException e) {
            // The node has stopped meanwhile.
            return;
          }
        });
  }

  private static boolean isGenuine(SignedAnnouncement record) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(record.announcement().key().toPublicKey());
      signature.update(record.message().array());
      return signature.verify(record.signature().array());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
