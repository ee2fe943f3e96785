package community.cloudy.gossip.serf.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Damaged and made-up bytes raise nothing but {@link WireException} and allocate little. {@code
 * -Dfuzz.iterations=N} runs longer, {@code -Dfuzz.seed=N} otherwise.
 */
class WireFuzzTest {
  private static final int ITERATIONS = Integer.getInteger("fuzz.iterations", 200_000);
  private static final long SEED = Long.getLong("fuzz.seed", 1);
  private static final long MOST_ALLOCATED = 1 << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Mutator mutator = new Mutator(seeds(), random);
  private final Quiet quiet = new Quiet();
  private long decoded;

  /** Decodes bytes, any bytes. */
  private interface Target {
    void decode(byte[] data) throws WireException;
  }

  @Test
  void plainPackets() {
    PacketCodec codec = new PacketCodec(Optional.empty(), Bytes.EMPTY, false);
    fuzz(data -> codec.decode(data, data.length, quiet));
  }

  @Test
  void packetsWithRightChecksum() {
    PacketCodec codec = new PacketCodec(Optional.empty(), Bytes.EMPTY, false);
    fuzz(data -> decodeSealed(codec, data, true));
  }

  @Test
  void packetsDamagedBeforeEncryption() {
    PacketCodec codec = new PacketCodec(ring(), Bytes.utf8("blue"), false);
    fuzz(data -> decodeSealed(codec, data, false));
  }

  @Test
  void packetsDamagedAfterEncryption() {
    PacketCodec codec = new PacketCodec(ring(), Bytes.EMPTY, false);
    fuzz(data -> codec.decode(data, data.length, quiet));
  }

  @Test
  void labelledPackets() {
    PacketCodec codec = new PacketCodec(Optional.empty(), Bytes.utf8("blue"), false);
    fuzz(data -> codec.decode(data, data.length, quiet));
  }

  @Test
  void serfMessages() {
    fuzz(data -> SerfMessage.decode(data, 0, data.length));
  }

  @Test
  void tags() {
    fuzz(data -> TagsCodec.decode(Bytes.wrap(data)));
  }

  @Test
  void streams() {
    StreamCodec plain = new StreamCodec(Optional.empty(), Bytes.EMPTY, false);
    fuzz(data -> plain.decode(framed(data), true));
  }

  @Test
  void labelledEncryptedStreams() {
    StreamCodec codec = new StreamCodec(ring(), Bytes.utf8("blue"), false);
    fuzz(data -> codec.decode(framed(codec.encode(data, true)), true));
  }

  @Test
  void whatSerfMessagesDecodeToSurvivesEncoding() {
    fuzz(
        data -> {
          SerfMessage message = SerfMessage.decode(data, 0, data.length);
          byte[] encoded = message.encode();
          assertThat(SerfMessage.decode(encoded, 0, encoded.length)).isEqualTo(message);
        });
  }

  private void fuzz(Target target) {
    seeds().forEach(seed -> attempt(target, seed)); // loads classes, which allocates
    long thread = Thread.currentThread().getId();
    long worst = 0;
    for (int i = 0; i < ITERATIONS / 10; i++) {
      byte[] data = mutator.next();
      byte[] input = data.clone();
      long before = THREADS.getThreadAllocatedBytes(thread);
      attempt(target, input);
      long allocated = THREADS.getThreadAllocatedBytes(thread) - before;
      if (allocated > MOST_ALLOCATED) {
        throw new AssertionError(allocated + " bytes for " + HexFormat.of().formatHex(data));
      }
      worst = Math.max(worst, allocated);
    }
    assertThat(decoded).as("inputs that still decode").isPositive();
    if (Integer.getInteger("fuzz.iterations") != null) {
      System.out.printf(
          "fuzz: %d accepted, worst allocation %d bytes, sum %d%n", decoded, worst, quiet.sum);
    }
  }

  private void attempt(Target target, byte[] data) {
    try {
      target.decode(data);
      decoded++;
    } catch (WireException expected) {
      assertThat(expected.getMessage()).isNotEmpty();
    } catch (RuntimeException | Error e) {
      throw new AssertionError(HexFormat.of().formatHex(data), e);
    }
  }

  /** Decodes damaged bytes in an intact outer frame. */
  private void decodeSealed(PacketCodec codec, byte[] data, boolean crc) throws WireException {
    if (data.length == 0) {
      throw new WireException("nothing to seal");
    }
    Slice datagram = codec.begin().add(data, 0, data.length).end(crc);
    codec.decode(datagram.array(), datagram.length(), quiet);
  }

  /** Returns the first message of a stream that comes in bit by bit. */
  private byte[] framed(byte[] data) throws WireException {
    StreamFramer framer = new StreamFramer(Limits.STREAM);
    int length = 0;
    while (length < data.length) {
      length = Math.min(data.length, length + 1 + random.nextInt(100));
      int end = framer.end(data, length);
      if (end >= 0) {
        assertThat(new StreamFramer(Limits.STREAM).end(data, data.length)).isEqualTo(end);
        return Arrays.copyOf(data, end);
      }
    }
    throw new WireException("stream ends early");
  }

  private static Optional<Keyring> ring() {
    int[] count = new int[1];
    return Optional.of(
        new Keyring(List.of(Vectors.KEY), out -> BigEndian.put32(out, 0, count[0]++)));
  }

  private static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (String name : Vectors.names()) {
      if (!name.matches("(rpc|mdns|snapshot|vivaldi|lzw_.*_in|lzw_text|lzw_rand).*")) {
        byte[] data = Vectors.bytes(name);
        seeds.add(data);
        if (data.length > 6 && data[0] == MessageType.CRC) {
          seeds.add(Arrays.copyOfRange(data, 5, data.length));
        }
        int user = data[0] == MessageType.CRC ? 5 : 0;
        if (data.length > user && data[user] == MessageType.USER) {
          seeds.add(Arrays.copyOfRange(data, user + 1, data.length));
        }
      }
    }
    return seeds;
  }

  /** Looks at all it is handed, keeps nothing. */
  private static final class Quiet implements PacketHandler {
    long sum;

    private void look(Slice bytes) {
      for (int i = 0; i < bytes.length(); i++) {
        sum += bytes.array()[bytes.offset() + i];
      }
    }

    @Override
    public void ping(Ping ping) {
      sum += ping.seqNo();
    }

    @Override
    public void indirectPing(IndirectPing ping) {
      sum += ping.port();
    }

    @Override
    public void ack(Ack ack) {
      look(ack.payload());
    }

    @Override
    public void nack(long seqNo) {
      sum += seqNo;
    }

    @Override
    public void suspect(Suspect suspect, Slice raw) {
      look(raw);
    }

    @Override
    public void alive(Alive alive, Slice raw) {
      look(raw);
    }

    @Override
    public void dead(Dead dead, Slice raw) {
      look(raw);
    }

    @Override
    public void user(Slice payload) {
      look(payload);
    }

    @Override
    public void rejected(WireException fault) {
      sum += fault.getMessage().length();
    }
  }
}
