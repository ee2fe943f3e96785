package community.cloudy.gossip.serf.wire;

import static community.cloudy.gossip.serf.wire.Vectors.b;
import static community.cloudy.gossip.serf.wire.Vectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tolerance table of specification A2, and the writer's dialects. */
class MsgpackTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "82 a44e6f6465 a162 a55365714e6f 05", // what a Go writer writes
        "82 d9044e6f6465 d90162 d9055365714e6f 05", // str8
        "82 da00044e6f6465 da000162 a55365714e6f 05", // str16
        "82 db000000044e6f6465 db0000000162 a55365714e6f 05", // str32
        "82 c4044e6f6465 c40162 c4055365714e6f 05", // bin
        "82 c500044e6f6465 c5000162 a55365714e6f 05", // bin16
        "de0002 a44e6f6465 a162 a55365714e6f 05", // map16
        "df00000002 a44e6f6465 a162 a55365714e6f 05", // map32
        "82 a55365714e6f 05 a44e6f6465 a162", // other order
        "82 a44e6f6465 9162 a55365714e6f 05", // bytes as an array of integers
        "92 05 a162", // positional, in declaration order
        "dc0002 05 a162", // positional, array16
        "97 05 a162 c0 c0 c0 01 81 01 02", // positional, longer than the struct
        "83 a44e6f6465 a162 a178 83 01 c3 02 cb0000000000000000 03 92c0d4010a a55365714e6f 05",
        "83 a44e6f6465 a162 a44e4f4445 a178 a55365714e6f 05", // a key in another case
        "82 a44e6f6465 a162 a55365714e6f cc05", // every integer family
        "82 a44e6f6465 a162 a55365714e6f cd0005",
        "82 a44e6f6465 a162 a55365714e6f ce00000005",
        "82 a44e6f6465 a162 a55365714e6f cf0000000000000005",
        "82 a44e6f6465 a162 a55365714e6f d005",
        "82 a44e6f6465 a162 a55365714e6f d10005",
        "82 a44e6f6465 a162 a55365714e6f d200000005",
        "82 a44e6f6465 a162 a55365714e6f d30000000000000005",
        "85 a44e6f6465 a162 a55365714e6f 05 aa536f7572636541646472 c0 aa536f75726365506f7274 c0"
            + " aa536f757263654e6f6465 c0", // nil is a zero value
        "82 a44e6f6465 a162 a55365714e6f 05 ffff" // bytes after the struct
      })
  void takesEveryFormOfPing(String body) throws WireException {
    Bytes bytes = hex(body);
    Ping ping = Ping.read(new MsgpackReader().reset(bytes.array(), 0, bytes.length()));
    assertThat(Recorder.value(ping))
        .isEqualTo(new Recorder.PingValue(5, b("b"), Bytes.EMPTY, 0, Bytes.EMPTY));
  }

  @Test
  void takesNilForTheWholeStruct() throws WireException {
    Ping ping = Ping.read(new MsgpackReader().reset(new byte[] {(byte) 0xc0}, 0, 1));
    assertThat(ping.seqNo()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "float for an integer, 81 a55365714e6f cb0000000000000000",
    "negative for an unsigned, 81 a55365714e6f ff",
    "negative for an unsigned, 81 a55365714e6f d3ffffffffffffffff",
    "over 32 bits, 81 a55365714e6f cf0000000100000000",
    "over 63 bits, 81 a55365714e6f cfffffffffffffffff",
    "string for an integer, 81 a55365714e6f a105",
    "integer for a string, 81 a44e6f6465 05",
    "integer as a key, 81 01 05",
    "byte over 255 in an array, 81 a44e6f6465 91cd0100",
    "array longer than the bytes, 81 a44e6f6465 dd7fffffff",
    "string longer than the bytes, 81 a44e6f6465 db7fffffff",
    "map longer than the bytes, df7fffffff",
    "skipped map longer than the bytes, 81 a178 dfffffffff",
    "skipped string longer than the bytes, 81 a178 c6ffffffff",
    "skipped string cut short, 82 a44e6f6465 a162 a178 a501",
    "reserved byte, 81 a178 c1",
    "no struct, 05",
    "address of 5 bytes, 81 aa536f7572636541646472 a50102030405"
  })
  void refusesPingWith(String what, String body) {
    Bytes bytes = hex(body);
    MsgpackReader in = new MsgpackReader().reset(bytes.array(), 0, bytes.length());
    assertThatExceptionOfType(WireException.class).as(what).isThrownBy(() -> Ping.read(in));
  }

  @Test
  void refusesPingCutAnywhere() {
    byte[] ping = Vectors.bytes("ping");
    for (int length = 1; length < ping.length; length++) {
      MsgpackReader in = new MsgpackReader().reset(ping, 1, length - 1);
      assertThatExceptionOfType(WireException.class).isThrownBy(() -> Ping.read(in));
    }
  }

  @Test
  void skipsDeepNestingWithoutRecursion() throws WireException {
    byte[] deep = new byte[1 << 20];
    Arrays.fill(deep, (byte) 0x91);
    deep[deep.length - 1] = (byte) 0xc0;
    MsgpackReader in = new MsgpackReader().reset(deep, 0, deep.length);
    in.skip();
    assertThat(in.remaining()).isZero();
  }

  @Test
  void readsAllKindsOfValues() throws WireException {
    MsgpackWriter out = MsgpackWriter.rpc();
    out.map(1).string("k").list(2).bool(true).float64(1.5).nil().integer(-7).bytes(b("x"));
    MsgpackReader in = new MsgpackReader().reset(out.array(), 0, out.length());
    assertThat(in.peek()).isEqualTo(MsgpackReader.Kind.MAP);
    assertThat(in.map(9)).isEqualTo(1);
    assertThat(in.peek()).isEqualTo(MsgpackReader.Kind.STRING);
    assertThat(in.bytes(9)).isEqualTo(b("k"));
    assertThat(in.list(9)).isEqualTo(2);
    assertThat(in.bool()).isTrue();
    assertThat(in.float64()).isEqualTo(1.5);
    assertThat(in.nil()).isTrue();
    assertThat(in.nil()).isFalse();
    assertThat(in.integer(-9, 9)).isEqualTo(-7);
    assertThat(in.peek()).isEqualTo(MsgpackReader.Kind.BYTES);
    assertThat(in.bytes(9)).isEqualTo(b("x"));
    assertThatThrownBy(in::peek).isInstanceOf(WireException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "127, 7f",
    "128, cc80",
    "255, ccff",
    "256, cd0100",
    "65535, cdffff",
    "65536, ce00010000",
    "4294967295, ceffffffff",
    "4294967296, cf0000000100000000",
    "-1, ff",
    "-32, e0",
    "-33, d0df",
    "-128, d080",
    "-129, d1ff7f",
    "-32769, d2ffff7fff",
    "-2147483649, d3ffffffff7fffffff"
  })
  void writesShortestInteger(long value, String bytes) throws WireException {
    MsgpackWriter out = MsgpackWriter.gossip().integer(value);
    assertThat(out.toBytes()).isEqualTo(hex(bytes));
    assertThat(
            new MsgpackReader()
                .reset(out.array(), 0, out.length())
                .integer(Long.MIN_VALUE, Long.MAX_VALUE))
        .isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "31, bf, bf, c41f",
    "32, da0020, d920, c420",
    "255, da00ff, d9ff, c4ff",
    "256, da0100, da0100, c50100",
    "65536, db00010000, db00010000, c600010000"
  })
  void writesStringsOfEachDialect(int length, String raw, String str, String bin) {
    Bytes value = Bytes.wrap(new byte[length]);
    assertThat(head(MsgpackWriter.gossip().string(value), length)).isEqualTo(hex(raw));
    assertThat(head(MsgpackWriter.gossip().bytes(value), length)).isEqualTo(hex(raw));
    assertThat(head(MsgpackWriter.rpc().string(value), length)).isEqualTo(hex(str));
    assertThat(head(MsgpackWriter.rpc().bytes(value), length)).isEqualTo(hex(bin));
    String text = "\0".repeat(length);
    assertThat(head(MsgpackWriter.gossip().string(text), length)).isEqualTo(hex(raw));
  }

  @Test
  void writesHeadsOfLargeMapsAndLists() {
    MsgpackWriter out = MsgpackWriter.gossip();
    out.map(15).map(16).map(65536).list(15).list(16).list(65536);
    assertThat(out.toBytes()).isEqualTo(hex("8f de0010 df00010000 9f dc0010 dd00010000"));
  }

  private static Bytes head(MsgpackWriter out, int length) {
    return Bytes.copyOf(out.array(), 0, out.length() - length);
  }
}
