package community.cloudy.gossip.serf.wire;

/** The rules several records share; each throws {@link IllegalArgumentException}. */
final class Check {
  private Check() {}

  static void nodeName(Bytes name) {
    if (name.isEmpty() || name.length() > Limits.NAME) {
      throw new IllegalArgumentException("node name has " + name.length() + " bytes, not 1 to 255");
    }
  }

  static void address(Bytes address) {
    if (address.length() != 4 && address.length() != 16) {
      throw new IllegalArgumentException("address has " + address.length() + " bytes, not 4 or 16");
    }
  }

  static void vsn(Bytes vsn) {
    if (vsn.length() != 6) {
      throw new IllegalArgumentException("Vsn has " + vsn.length() + " bytes, not 6");
    }
  }

  static void atMost(String what, Bytes value, int limit) {
    if (value.length() > limit) {
      throw new IllegalArgumentException(what + " has " + value.length() + " bytes, over " + limit);
    }
  }

  static void count(String what, int count, int limit) {
    if (count > limit) {
      throw new IllegalArgumentException(count + " " + what + ", over " + limit);
    }
  }

  static void range(String what, long value, long low, long high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(what + " " + value + " is not in " + low + " to " + high);
    }
  }

  static void u32(String what, long value) {
    range(what, value, 0, Limits.U32);
  }

  static void lamport(long time) {
    range("Lamport time", time, 0, Limits.LAMPORT);
  }
}
