package community.cloudy.gossip.serf.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * The network coordinate Serf puts into acks (specification B11). Seconds; any double a peer
 * claims.
 *
 * @param adjustment correction of distances
 * @param error how unsure the node is
 * @param height time spent on the node's own access link
 * @param vector the position, at most 64 components
 */
public record CoordinatePayload(
    double adjustment, double error, double height, List<Double> vector) {
  private static final int VERSION = 1;
  private static final int MAX_DIMENSIONS = 64;
  private static final Fields FIELDS = Fields.of("Vec", "Error", "Adjustment", "Height");

  /** Freezes the vector. */
  public CoordinatePayload {
    Check.count("components", vector.size(), MAX_DIMENSIONS);
    vector = List.copyOf(vector);
  }

  /** Returns the version byte and the body. */
  public Bytes encode() {
    MsgpackWriter out = MsgpackWriter.gossip().raw(VERSION).map(4);
    out.key("Adjustment").float64(adjustment).key("Error").float64(error);
    out.key("Height").float64(height).key("Vec").list(vector.size());
    vector.forEach(out::float64);
    return out.toBytes();
  }

  /**
   * Reads an ack's payload.
   *
   * @throws WireException if it is no coordinate of version 1
   */
  public static CoordinatePayload decode(Slice payload) throws WireException {
    if (payload.length() == 0 || payload.array()[payload.offset()] != VERSION) {
      throw new WireException("payload is no coordinate of version " + VERSION);
    }
    MsgpackReader in =
        new MsgpackReader().reset(payload.array(), payload.offset() + 1, payload.length() - 1);
    double adjustment = 0;
    double error = 0;
    double height = 0;
    List<Double> vector = new ArrayList<>(8);
    in.begin(FIELDS);
    for (int field = in.field(); field >= 0; field = in.field()) {
      switch (field) {
        case 0 -> readVector(in, vector);
        case 1 -> error = in.float64();
        case 2 -> adjustment = in.float64();
        default -> height = in.float64();
      }
    }
    return new CoordinatePayload(adjustment, error, height, vector);
  }

  private static void readVector(MsgpackReader in, List<Double> vector) throws WireException {
    for (int left = in.list(MAX_DIMENSIONS); left > 0; left--) {
      vector.add(in.float64());
    }
  }
}
