package community.cloudy.gossip.discovery.catalogue;

import community.cloudy.gossip.discovery.Announcement;
import community.cloudy.gossip.discovery.Announcement.Offer;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.NodeKey;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A key pair with a name, to sign with. */
final class TestNode {
  private final String name;
  private final KeyPair pair;

  TestNode(String name) {
    this.name = name;
    try {
      pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  String name() {
    return name;
  }

  NodeKey key() {
    return NodeKey.of(pair.getPublic());
  }

  byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean isGenuine(SignedAnnouncement record) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(record.announcement().key().toPublicKey());
      signature.update(record.message().array());
      return signature.verify(record.signature().array());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  Announcement announcement(String as, String id, long sequence, Optional<Offer> offer) {
    return new Announcement(key(), as, id, sequence, 3600, offer);
  }

  SignedAnnouncement signed(String id, long sequence, Offer offer) {
    return SignedAnnouncement.sign(
        announcement(name, id, sequence, Optional.of(offer)), this::sign);
  }

  SignedAnnouncement withdrawn(String id, long sequence) {
    return SignedAnnouncement.sign(announcement(name, id, sequence, Optional.empty()), this::sign);
  }

  static Offer offer(String text) {
    return new Offer(
        "website",
        text,
        "about " + text,
        List.of(new ServiceEndpoint("http", "", 8080, "/")),
        new TreeMap<>(java.util.Map.of("language", "ca")),
        new Health(Health.State.OK, "HTTP 200"));
  }
}
