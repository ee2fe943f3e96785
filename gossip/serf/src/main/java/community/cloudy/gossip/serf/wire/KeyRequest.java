package community.cloudy.gossip.serf.wire;

/**
 * The payload of a query about encryption keys (specification B8).
 *
 * @param key the raw key to install, use or remove; none to list
 */
public record KeyRequest(Bytes key) implements SerfMessage {
  static final int TYPE = 7;
  private static final Fields FIELDS = Fields.of("Key");

  /** Checks the length; whether it is a key is for {@link Keyring} to say, in the answer. */
  public KeyRequest {
    Check.atMost("key", key, Limits.NAME);
  }

  @Override
  public void write(MsgpackWriter out) {
    out.raw(TYPE).map(1).key("Key").bytes(key);
  }

  static KeyRequest read(MsgpackReader in) throws WireException {
    Bytes key = Bytes.EMPTY;
    in.begin(FIELDS);
    while (in.field() >= 0) {
      key = in.bytes(Limits.NAME);
    }
    return new KeyRequest(key);
  }
}
