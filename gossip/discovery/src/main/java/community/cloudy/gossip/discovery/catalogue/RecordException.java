package community.cloudy.gossip.discovery.catalogue;

/** Bytes from a peer that are not what they should be. */
final class RecordException extends Exception {
  private static final long serialVersionUID = 1;

  RecordException(String message) {
    super(message);
  }
}
