package community.cloudy.gossip.serf.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Big-endian numbers in byte arrays. */
final class BigEndian {
  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  private BigEndian() {}

  private static VarHandle view(Class<?> type) {
    return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.BIG_ENDIAN);
  }

  static int u16(byte[] data, int at) {
    return (short) SHORT.get(data, at) & 0xffff;
  }

  static long u32(byte[] data, int at) {
    return (int) INT.get(data, at) & Limits.U32;
  }

  static int s32(byte[] data, int at) {
    return (int) INT.get(data, at);
  }

  static long s64(byte[] data, int at) {
    return (long) LONG.get(data, at);
  }

  static void put16(byte[] data, int at, int value) {
    SHORT.set(data, at, (short) value);
  }

  static void put32(byte[] data, int at, int value) {
    INT.set(data, at, value);
  }

  static void put64(byte[] data, int at, long value) {
    LONG.set(data, at, value);
  }
}
