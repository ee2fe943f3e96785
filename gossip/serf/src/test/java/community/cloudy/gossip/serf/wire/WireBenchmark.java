package community.cloudy.gossip.serf.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the codecs cost: time, and garbage with {@code -prof gc}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class WireBenchmark {
  private final PacketCodec codec = new PacketCodec(Optional.empty(), Bytes.EMPTY, false);
  private final StreamCodec streams = new StreamCodec(Optional.empty(), Bytes.EMPTY, false);
  private final MsgpackWriter out = MsgpackWriter.gossip();
  private final Bytes name = Bytes.utf8("node-attic-17");
  private final Bytes address = Vectors.local(12);
  private final Bytes coordinate = Bytes.copyOf(Vectors.bytes("ack_coord"), 12, 130);
  private final byte[] ping = new Ping(7, name, address, 7946, name).encode();
  private final byte[] ack = Vectors.bytes("ack_coord");
  private final byte[] alive = alive(3).encode();
  private final List<byte[]> tenAlives = tenAlives();
  private final byte[] compound = codec.encode(tenAlives, true).copy();
  private final PushPull state1k = state(1_000);
  private final PushPull state10k = state(10_000);
  private final byte[] stream1k = streams.encode(state1k, true);
  private final byte[] stream10k = streams.encode(state10k, true);
  private long seqNo;

  private static Alive alive(int i) {
    return new Alive(i, Bytes.utf8("node-attic-" + i), Vectors.local(i), 7946, meta(), Vectors.VSN);
  }

  private static Bytes meta() {
    return Vectors.hex("ff82a4726f6c65a3776562a26463a3657531");
  }

  private static List<byte[]> tenAlives() {
    List<byte[]> alives = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      alives.add(alive(i).encode());
    }
    return alives;
  }

  private static PushPull state(int count) {
    List<PushPullNode> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Bytes address = Bytes.wrap(new byte[] {10, 0, (byte) (i >> 8), (byte) i});
      Bytes name = Bytes.utf8("node-attic-" + i);
      PushPullNode.State alive = PushPullNode.State.ALIVE;
      nodes.add(new PushPullNode(name, address, 7946, meta(), i + 1L, alive, Vectors.VSN));
    }
    return new PushPull(false, nodes, Bytes.EMPTY);
  }

  @Benchmark
  public Slice pingEncode() {
    Ping.write(out.reset(), seqNo++ & Limits.U32, name, address, 7946, name);
    return codec.begin().add(out.array(), 0, out.length()).end(false);
  }

  @Benchmark
  public void pingDecode(Sink sink) throws WireException {
    codec.decode(ping, ping.length, sink);
  }

  @Benchmark
  public Slice ackEncode() {
    Ack.write(out.reset(), seqNo++ & Limits.U32, coordinate);
    return codec.begin().add(out.array(), 0, out.length()).end(false);
  }

  @Benchmark
  public void ackDecode(Sink sink) throws WireException {
    codec.decode(ack, ack.length, sink);
  }

  @Benchmark
  public int aliveEncode() {
    alive(3).write(out.reset());
    return out.length();
  }

  @Benchmark
  public void aliveDecode(Sink sink) throws WireException {
    codec.decode(alive, alive.length, sink);
  }

  @Benchmark
  public Slice compoundEncode() {
    return codec.encode(tenAlives, true);
  }

  @Benchmark
  public void compoundDecode(Sink sink) throws WireException {
    codec.decode(compound, compound.length, sink);
  }

  @Benchmark
  public byte[] pushPull1kEncode() {
    return streams.encode(state1k, true);
  }

  @Benchmark
  public Message pushPull1kDecode() throws WireException {
    return streams.decode(stream1k, true);
  }

  @Benchmark
  public byte[] pushPull10kEncode() {
    return streams.encode(state10k, true);
  }

  @Benchmark
  public Message pushPull10kDecode() throws WireException {
    return streams.decode(stream10k, true);
  }

  /** Swallows messages, so that nothing is optimised away. */
  @State(Scope.Thread)
  public static class Sink implements PacketHandler {
    @Nullable Object last;
    long sum;

    @Override
    public void ping(Ping ping) {
      last = ping;
    }

    @Override
    public void indirectPing(IndirectPing ping) {
      last = ping;
    }

    @Override
    public void ack(Ack ack) {
      last = ack;
    }

    @Override
    public void nack(long seqNo) {
      sum += seqNo;
    }

    @Override
    public void suspect(Suspect suspect, Slice raw) {
      last = suspect;
    }

    @Override
    public void alive(Alive alive, Slice raw) {
      last = alive;
    }

    @Override
    public void dead(Dead dead, Slice raw) {
      last = dead;
    }

    @Override
    public void user(Slice payload) {
      last = payload;
    }

    @Override
    public void rejected(WireException fault) {
      throw new AssertionError(fault);
    }
  }
}
