package community.cloudy.gossip.serf.wire;

import java.util.ArrayList;
import java.util.List;

/** A handler that keeps copies of all it is handed. */
public final class Recorder implements PacketHandler {
  /** What arrived, in order. */
  public final List<Object> messages = new ArrayList<>();

  /** The bytes of each. */
  public final List<Bytes> raws = new ArrayList<>();

  /** Why parts were refused. */
  public final List<String> faults = new ArrayList<>();

  /** A ping as a value. */
  public record PingValue(long seqNo, Bytes node, Bytes address, int port, Bytes source) {}

  /** An ack as a value. */
  public record AckValue(long seqNo, Bytes payload) {}

  static PingValue value(Ping ping) {
    return new PingValue(
        ping.seqNo(), ping.node(), ping.sourceAddress(), ping.sourcePort(), ping.sourceNode());
  }

  static AckValue value(Ack ack) {
    return new AckValue(ack.seqNo(), ack.payload().toBytes());
  }

  private void keep(Object value, byte[] raw) {
    messages.add(value);
    raws.add(Bytes.wrap(raw));
  }

  @Override
  public void ping(Ping ping) {
    keep(value(ping), ping.encode());
  }

  @Override
  public void indirectPing(IndirectPing ping) {
    keep(ping, ping.encode());
  }

  @Override
  public void ack(Ack ack) {
    keep(value(ack), ack.encode());
  }

  @Override
  public void nack(long seqNo) {
    keep(new Nack(seqNo), new Nack(seqNo).encode());
  }

  @Override
  public void suspect(Suspect suspect, Slice raw) {
    keep(suspect, raw.copy());
  }

  @Override
  public void alive(Alive alive, Slice raw) {
    keep(alive, raw.copy());
  }

  @Override
  public void dead(Dead dead, Slice raw) {
    keep(dead, raw.copy());
  }

  @Override
  public void user(Slice payload) {
    MsgpackWriter raw = MsgpackWriter.gossip().raw(MessageType.USER);
    raw.raw(payload.array(), payload.offset(), payload.length());
    keep(payload.toBytes(), raw.toByteArray());
  }

  @Override
  public void rejected(WireException fault) {
    faults.add(fault.getMessage());
  }
}
