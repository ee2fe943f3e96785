package community.cloudy.gossip.serf.wire;

import static community.cloudy.gossip.serf.wire.Vectors.b;
import static community.cloudy.gossip.serf.wire.Vectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PacketCodecTest {
  private final PacketCodec codec = codec("", false);
  private final PacketCodec blue = codec("blue", false);
  private final Recorder recorder = new Recorder();

  @Test
  void compoundCostsTwoBytesAndTwoAPart() throws WireException {
    byte[] nack = new Nack(9).encode();
    Slice datagram = codec.encode(Collections.nCopies(127, nack), false);
    assertThat(codec.isFull()).isTrue();
    assertThat(datagram.length()).isEqualTo(127 * (nack.length + 2) + 2);
    codec.decode(datagram.array(), datagram.length(), recorder);
    assertThat(recorder.messages).hasSize(127);
  }

  @Test
  void takes255Parts() throws WireException {
    codec.decode(compound(255).array(), compound(255).length(), recorder);
    assertThat(recorder.messages).hasSize(255);
    assertThat(recorder.faults).isEmpty();
  }

  @Test
  void keepsThePartsBeforeACut() throws WireException {
    byte[] datagram = codec.encode(List.of(nack(1), nack(2), nack(3)), false).copy();
    codec.decode(datagram, datagram.length - 1, recorder);
    assertThat(recorder.messages).containsExactly(new Nack(1), new Nack(2));
    assertThat(recorder.faults).containsExactly("1 parts of a compound are cut short");
  }

  @Test
  void dropsACompoundWhoseTableIsCut() throws WireException {
    byte[] datagram = codec.encode(List.of(nack(1), nack(2), nack(3)), false).copy();
    codec.decode(datagram, 7, recorder);
    assertThat(recorder.messages).isEmpty();
    assertThat(recorder.faults).containsExactly("compound is cut short");
  }

  @Test
  void takesACompoundOfNothing() throws WireException {
    codec.decode(new byte[] {7, 0}, 2, recorder);
    assertThat(recorder.messages).isEmpty();
    assertThat(recorder.faults).isEmpty();
  }

  @Test
  void goesOnAfterABadPart() throws WireException {
    byte[] bad = {MessageType.NACK, (byte) 0xc1};
    byte[] unknown = {99};
    byte[] crc = {MessageType.CRC, 0, 0, 0, 0, 0};
    Slice datagram = codec.encode(List.of(nack(1), bad, unknown, crc, nack(2)), false);
    codec.decode(datagram.array(), datagram.length(), recorder);
    assertThat(recorder.messages).containsExactly(new Nack(1), new Nack(2));
    assertThat(recorder.faults)
        .containsExactly(
            "not a map", "message type 99 is not supported", "message type 12 is not supported");
  }

  @Test
  void refusesABadChecksumWholly() {
    byte[] datagram = Vectors.bytes("suspect_crc");
    datagram[20] ^= 1;
    assertThatThrownBy(() -> codec.decode(datagram, datagram.length, recorder))
        .isInstanceOf(WireException.class)
        .hasMessage("checksum does not match");
    assertThatThrownBy(() -> codec.decode(datagram, 5, recorder)).isInstanceOf(WireException.class);
    assertThatThrownBy(() -> codec.decode(datagram, 0, recorder))
        .isInstanceOf(WireException.class)
        .hasMessage("datagram is empty");
  }

  @Test
  void takesFourFramesInsideEachOtherAndNoFifth() throws WireException {
    byte[] message = nack(1);
    for (int depth = 1; depth <= 4; depth++) {
      message = wrapped(message);
    }
    codec.decode(message, message.length, recorder);
    assertThat(recorder.messages).containsExactly(new Nack(1));
    byte[] deeper = wrapped(message);
    codec.decode(deeper, deeper.length, recorder);
    assertThat(recorder.messages).hasSize(1);
    assertThat(recorder.faults).containsExactly("frames are nested more than 4 deep");
  }

  @Test
  void countsMessagesHoweverNested() throws WireException {
    Bytes inner = compound(200);
    List<byte[]> parts = Collections.nCopies(20, inner.array());
    Slice datagram = codec.encode(parts, false);
    codec.decode(datagram.array(), datagram.length(), recorder);
    assertThat(recorder.messages.size()).isBetween(1000, Limits.PACKET_MESSAGES);
    assertThat(recorder.faults).containsExactly("datagram has more than 1024 messages");
  }

  @Test
  void refusesDecompressionBombsInOnePartOrMany() throws WireException {
    byte[] one = bomb(Limits.PACKET_DECOMPRESSED + 1);
    codec.decode(one, one.length, recorder);
    assertThat(recorder.faults).hasSize(1);
    byte[] half = bomb(Limits.PACKET_DECOMPRESSED / 2);
    Slice three = codec.encode(List.of(half, half, half), false);
    codec.decode(three.array(), three.length(), recorder);
    assertThat(recorder.messages).hasSize(2);
    assertThat(recorder.faults).hasSize(2);
    codec.decode(half, half.length, recorder);
    assertThat(recorder.messages).as("the next datagram starts anew").hasSize(3);
  }

  @Test
  void compressesOnlyWhatGetsSmaller() {
    PacketCodec compressing = codec("", true);
    assertThat(compressing.encode(List.of(nack(1)), false).copy()).isEqualTo(nack(1));
    byte[] large = new UserEventMessage(1, b("x".repeat(400)), Bytes.EMPTY, false).encode();
    large[0] = MessageType.USER;
    assertThat(compressing.encode(List.of(large), false).copy())
        .startsWith(MessageType.COMPRESS)
        .hasSizeLessThan(large.length);
  }

  @Test
  void refusesLabelsThatAreNotItsOwn() {
    byte[] ping = Vectors.bytes("ping");
    byte[] labelled = Vectors.bytes("label_udp_ping");
    assertRefused(blue, ping, "label is missing");
    assertRefused(codec, labelled, "label is another community's");
    assertRefused(codec("green", false), labelled, "label is another community's");
    assertRefused(blue, hex("f400").array(), "label header is empty or cut short");
    for (int length = 0; length < 6; length++) {
      String fault = length == 0 ? "label is missing" : "label header is empty or cut short";
      assertRefused(blue, Arrays.copyOf(labelled, length), fault);
    }
    assertRefused(blue, Arrays.copyOf(labelled, 6), "datagram is empty");
  }

  @Test
  void carriesLabelsOf1To255Bytes() throws WireException {
    for (int length : new int[] {1, 255}) {
      PacketCodec labelled = codec("x".repeat(length), false);
      assertThat(labelled.overhead()).isEqualTo(2 + length);
      byte[] datagram = labelled.encode(List.of(nack(length)), true).copy();
      labelled.decode(datagram, datagram.length, recorder);
    }
    assertThat(recorder.messages).containsExactly(new Nack(1), new Nack(255));
    assertThatIllegalArgumentException().isThrownBy(() -> codec("x".repeat(256), false));
  }

  @Test
  void refusesPlainDatagramsWhenEncryptionIsOn() {
    PacketCodec sealed = new PacketCodec(Vectors.ring("ping"), Bytes.EMPTY, false);
    byte[] ping = Vectors.bytes("ping");
    assertThatThrownBy(() -> sealed.decode(ping, ping.length, recorder))
        .isInstanceOf(WireException.class);
  }

  @Test
  void handsOutTheSameObjectsForKnownNames() throws WireException {
    byte[] ping = Vectors.bytes("ping");
    List<Bytes> names = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      codec.decode(ping, ping.length, recorder);
      names.add(((Recorder.PingValue) recorder.messages.get(i)).node());
    }
    assertThat(names.get(0)).isSameAs(names.get(1));
  }

  private void assertRefused(PacketCodec by, byte[] datagram, String fault) {
    assertThatThrownBy(() -> by.decode(datagram, datagram.length, recorder))
        .isInstanceOf(WireException.class)
        .hasMessage(fault);
  }

  private static PacketCodec codec(String label, boolean compression) {
    return new PacketCodec(Optional.empty(), b(label), compression);
  }

  private static byte[] nack(long seqNo) {
    return new Nack(seqNo).encode();
  }

  /** Returns a compound of so many nacks, more than our encoder would put in. */
  private static Bytes compound(int parts) {
    MsgpackWriter out = MsgpackWriter.gossip().raw(MessageType.COMPOUND).raw(parts);
    for (int i = 0; i < parts; i++) {
      out.raw(0).raw(nack(1).length);
    }
    for (int i = 0; i < parts; i++) {
      out.raw(nack(1), 0, nack(1).length);
    }
    return out.toBytes();
  }

  private static byte[] wrapped(byte[] message) {
    MsgpackWriter out = MsgpackWriter.gossip().raw(MessageType.COMPOUND).raw(1);
    out.raw(message.length >> 8).raw(message.length);
    return out.raw(message, 0, message.length).toByteArray();
  }

  /** Returns a compressed user message of {@code length} bytes. */
  private static byte[] bomb(int length) {
    byte[] plain = new byte[length];
    plain[0] = MessageType.USER;
    Lzw lzw = new Lzw();
    assertThat(lzw.encode(plain, 0, length, length)).isTrue();
    MsgpackWriter out = MsgpackWriter.gossip().raw(MessageType.COMPRESS).map(2);
    out.key("Algo").integer(0).key("Buf").bytes(lzw.output(), 0, lzw.length());
    return out.toByteArray();
  }
}
