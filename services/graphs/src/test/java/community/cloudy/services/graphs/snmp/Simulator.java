package community.cloudy.services.graphs.snmp;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.snmp4j.PDU;
import org.snmp4j.asn1.BER;
import org.snmp4j.asn1.BERInputStream;
import org.snmp4j.asn1.BEROutputStream;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.VariableBinding;

/**
 * Answers version 2c for many devices, each at a loopback address of its own and all at one port,
 * with one thread. Its source is part of the benchmark too, where it is a process of its own.
 */
public final class Simulator implements Closeable {
  private final Selector selector = Selector.open();
  private final AtomicLong answers = new AtomicLong();
  private final Thread thread = new Thread(this::run, "simulator");

  /** Opens none yet. */
  public Simulator() throws IOException {
    thread.setDaemon(true);
  }

  /** Adds a device; port 0 takes a free one, which is returned. */
  public int add(InetAddress address, int port, SimulatedDevice device) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    channel.bind(new InetSocketAddress(address, port));
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, device);
    return ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  /** Begins to answer. */
  public Simulator start() {
    thread.start();
    return this;
  }

  /** Returns how many answers were sent. */
  public long answers() {
    return answers.get();
  }

  private void run() {
    ByteBuffer in = ByteBuffer.allocate(65_536);
    try {
      while (selector.isOpen()) {
        selector.select(
            key -> {
              try {
                DatagramChannel channel = (DatagramChannel) key.channel();
                in.clear();
                for (SocketAddress from = channel.receive(in);
                    from != null;
                    from = channel.receive(in)) {
                  in.flip();
                  answer(channel, from, in, (SimulatedDevice) key.attachment());
                  in.clear();
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
      }
    } catch (IOException | ClosedSelectorException e) {
      // Closed.
    }
  }

  private void answer(
      DatagramChannel channel, SocketAddress from, ByteBuffer in, SimulatedDevice device)
      throws IOException {
    BERInputStream bytes = new BERInputStream(in);
    BER.decodeHeader(bytes, new BER.MutableByte());
    Integer32 version = new Integer32();
    version.decodeBER(bytes);
    OctetString community = new OctetString();
    community.decodeBER(bytes);
    PDU request = new PDU();
    request.decodeBER(bytes);
    if (device.silent) {
      return;
    }
    PDU response = new PDU(PDU.RESPONSE, values(request, device));
    response.setRequestID(request.getRequestID());
    int length = version.getBERLength() + community.getBERLength() + response.getBERLength();
    BEROutputStream out =
        new BEROutputStream(ByteBuffer.allocate(length + BER.getBERLengthOfLength(length) + 1));
    BER.encodeHeader(out, BER.SEQUENCE, length);
    version.encodeBER(out);
    community.encodeBER(out);
    response.encodeBER(out);
    channel.send(out.getBuffer().rewind(), from);
    answers.incrementAndGet();
  }

  private static List<VariableBinding> values(PDU request, SimulatedDevice device) {
    List<VariableBinding> values = new ArrayList<>();
    List<OID> at = new ArrayList<>();
    request.getVariableBindings().forEach(binding -> at.add(binding.getOid()));
    if (request.getType() == PDU.GET) {
      at.forEach(oid -> values.add(new VariableBinding(oid, device.value(oid))));
      return values;
    }
    int rows = request.getType() == PDU.GETBULK ? Math.min(50, request.getMaxRepetitions()) : 1;
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < at.size(); i++) {
        OID next = device.next(at.get(i));
        values.add(
            next == null
                ? new VariableBinding(at.get(i), Null.endOfMibView)
                : new VariableBinding(next, device.value(next)));
        at.set(i, next == null ? at.get(i) : next);
      }
    }
    return values;
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : List.copyOf(selector.keys())) {
      key.channel().close();
    }
    selector.close();
  }
}
