package community.cloudy.gossip.serf.wire;

import java.util.List;

/**
 * Answers a query about encryption keys (specification B8).
 *
 * @param result whether it was done
 * @param message why not, or a remark
 * @param keys the keys installed, in base64; only for a list
 * @param primaryKey the one in use, in base64; only for a list
 */
public record KeyResponse(boolean result, Bytes message, List<Bytes> keys, Bytes primaryKey)
    implements SerfMessage {
  static final int TYPE = 8;
  private static final Fields FIELDS = Fields.of("Result", "Message", "Keys", "PrimaryKey");

  /** Checks the lengths and freezes the list. */
  public KeyResponse {
    Check.atMost("message", message, Limits.TEXT);
    Check.atMost("key", primaryKey, Limits.NAME);
    keys = List.copyOf(keys);
  }

  @Override
  public void write(MsgpackWriter out) {
    out.raw(TYPE).map(4).key("Keys");
    if (keys.isEmpty()) {
      out.nil();
    } else {
      out.list(keys.size());
      keys.forEach(out::string);
    }
    out.key("Message").string(message).key("PrimaryKey").string(primaryKey);
    out.key("Result").bool(result);
  }

  static KeyResponse read(MsgpackReader in) throws WireException {
    boolean result = false;
    Bytes message = Bytes.EMPTY;
    List<Bytes> keys = List.of();
    Bytes primaryKey = Bytes.EMPTY;
    in.begin(FIELDS);
    for (int field = in.field(); field >= 0; field = in.field()) {
      switch (field) {
        case 0 -> result = in.bool();
        case 1 -> message = in.bytes(Limits.TEXT);
        case 2 -> keys = in.list(Limits.KEYS, Limits.NAME);
        default -> primaryKey = in.bytes(Limits.NAME);
      }
    }
    return new KeyResponse(result, message, keys, primaryKey);
  }
}
