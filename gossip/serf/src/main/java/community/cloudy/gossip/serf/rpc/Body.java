package community.cloudy.gossip.serf.rpc;

import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.MsgpackReader;
import community.cloudy.gossip.serf.wire.WireException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A request's arguments, decoded when asked for; one that is missing is zero or empty. */
final class Body {
  static final Body NONE = new Body(Bytes.EMPTY.array(), Map.of());

  private static final int FIELDS = 64;
  private static final int ENTRIES = 16_384;

  private final byte[] data;
  private final Map<String, Integer> offsets;

  private Body(byte[] data, Map<String, Integer> offsets) {
    this.data = data;
    this.offsets = offsets;
  }

  /**
   * Reads the map that is {@code data}, which is taken over.
   *
   * @throws WireException if it is no map
   */
  static Body of(byte[] data) throws WireException {
    MsgpackReader in = new MsgpackReader().reset(data, 0, data.length);
    Map<String, Integer> offsets = new HashMap<>();
    for (int left = in.map(FIELDS); left > 0; left--) {
      String field = in.bytes(data.length).utf8();
      offsets.put(field, in.position());
      in.skip();
    }
    return new Body(data, offsets);
  }

  String text(String field) throws WireException {
    return bytes(field).utf8();
  }

  Bytes bytes(String field) throws WireException {
    return isNil(field) ? Bytes.EMPTY : at(field).bytes(data.length);
  }

  boolean bool(String field) throws WireException {
    return !isNil(field) && at(field).bool();
  }

  long integer(String field, long low, long high) throws WireException {
    return isNil(field) ? 0 : at(field).integer(low, high);
  }

  List<String> texts(String field) throws WireException {
    List<String> texts = new ArrayList<>();
    if (!isNil(field)) {
      MsgpackReader in = at(field);
      for (int left = in.list(ENTRIES); left > 0; left--) {
        texts.add(in.bytes(data.length).utf8());
      }
    }
    return texts;
  }

  Map<String, String> textMap(String field) throws WireException {
    Map<String, String> texts = new HashMap<>();
    if (!isNil(field)) {
      MsgpackReader in = at(field);
      for (int left = in.map(ENTRIES); left > 0; left--) {
        texts.put(in.bytes(data.length).utf8(), in.bytes(data.length).utf8());
      }
    }
    return texts;
  }

  /** Tells whether {@code field} is missing or nil, which is not the same as empty. */
  boolean isNil(String field) throws WireException {
    return !offsets.containsKey(field) || at(field).peek() == MsgpackReader.Kind.NIL;
  }

  private MsgpackReader at(String field) {
    int offset = offsets.getOrDefault(field, data.length);
    return new MsgpackReader().reset(data, offset, data.length - offset);
  }
}
