package community.cloudy.services.graphs.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.snmp4j.PDU;
import org.snmp4j.asn1.BER;
import org.snmp4j.asn1.BERInputStream;
import org.snmp4j.asn1.BEROutputStream;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.VariableBinding;

/** Devices that answer as none should, on real sockets, beside a good one that must not suffer. */
final class HostileAgentIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final AtomicInteger requests = new AtomicInteger();
  private DatagramSocket socket;
  private Simulator simulator;
  private Bed bed;

  /** Answers a request with any number of datagrams. */
  private interface Behaviour {
    List<byte[]> answer(byte[] request) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    socket = new DatagramSocket(new InetSocketAddress("127.0.4.1", 0));
    simulator = new Simulator();
    simulator.add(
        InetAddress.getByName("127.0.4.2"), socket.getLocalPort(), new SimulatedDevice(2, true));
    simulator.start();
    bed = new Bed(PollBench.credential(socket.getLocalPort()));
    bed.with("bad", "127.0.4.1", "bench").with("good", "127.0.4.2", "bench");
  }

  @AfterEach
  void stop() throws IOException {
    bed.close();
    socket.close();
    simulator.close();
  }

  private void behave(DatagramSocket from, Behaviour behaviour) {
    Thread thread =
        new Thread(
            () -> {
              byte[] buffer = new byte[65_536];
              while (!socket.isClosed()) {
                try {
                  DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                  socket.receive(packet);
                  requests.incrementAndGet();
                  byte[] request = Arrays.copyOf(buffer, packet.getLength());
                  SocketAddress to = packet.getSocketAddress();
                  for (byte[] answer : behaviour.answer(request)) {
                    from.send(new DatagramPacket(answer, answer.length, to));
                  }
                } catch (IOException e) {
                  // Closed, or what is sent is too big.
                }
              }
            },
            "hostile");
    thread.setDaemon(true);
    thread.start();
    bed.start();
  }

  private static PDU decode(byte[] request) throws IOException {
    BERInputStream bytes = new BERInputStream(ByteBuffer.wrap(request));
    BER.decodeHeader(bytes, new BER.MutableByte());
    new Integer32().decodeBER(bytes);
    new OctetString().decodeBER(bytes);
    PDU pdu = new PDU();
    pdu.decodeBER(bytes);
    return pdu;
  }

  private static byte[] encode(PDU pdu) throws IOException {
    Integer32 version = new Integer32(1);
    OctetString community = new OctetString("public");
    int length = version.getBERLength() + community.getBERLength() + pdu.getBERLength();
    ByteBuffer buffer = ByteBuffer.allocate(length + BER.getBERLengthOfLength(length) + 1);
    BEROutputStream out = new BEROutputStream(buffer);
    BER.encodeHeader(out, BER.SEQUENCE, length);
    version.encodeBER(out);
    community.encodeBER(out);
    pdu.encodeBER(out);
    return buffer.array();
  }

  private static PDU response(PDU request, List<VariableBinding> values) {
    PDU response = new PDU(PDU.RESPONSE, values);
    response.setRequestID(request.getRequestID());
    return response;
  }

  private static List<VariableBinding> asAsked(PDU request) {
    List<VariableBinding> values = new ArrayList<>();
    request
        .getVariableBindings()
        .forEach(binding -> values.add(new VariableBinding(binding.getOid(), new Integer32(1))));
    return values;
  }

  private void assertBad(DeviceState.Condition condition, String why) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(bed.state("bad").condition()).isEqualTo(condition);
              assertThat(bed.state("bad").why()).contains(why);
            });
    await().atMost(PATIENCE).until(() -> bed.traffic("good").size() >= 2);
  }

  @Test
  void noiseIsSilence() throws IOException {
    Random random = new Random(7);
    behave(
        socket,
        request -> {
          byte[] noise = new byte[random.nextInt(2000)];
          random.nextBytes(noise);
          byte[] deep = new byte[60_000];
          Arrays.fill(deep, (byte) 0x30);
          return List.of(noise, new byte[0], deep);
        });
    assertBad(DeviceState.Condition.SILENT, "no answer");
  }

  @Test
  void answersCutShortAreSilence() throws IOException {
    behave(
        socket,
        request -> {
          PDU pdu = decode(request);
          byte[] whole = encode(response(pdu, asAsked(pdu)));
          List<byte[]> parts = new ArrayList<>();
          for (int length = 1; length < whole.length; length++) {
            parts.add(Arrays.copyOf(whole, length));
          }
          return parts;
        });
    assertBad(DeviceState.Condition.SILENT, "no answer");
  }

  @Test
  void answersToOtherRequestsAreSilence() throws IOException {
    behave(
        socket,
        request -> {
          PDU pdu = decode(request);
          PDU response = response(pdu, asAsked(pdu));
          response.setRequestID(new Integer32(pdu.getRequestID().getValue() + 1));
          return List.of(encode(response));
        });
    assertBad(DeviceState.Condition.SILENT, "no answer");
  }

  @Test
  void answersFromSomewhereElseAreSilence() throws IOException {
    try (DatagramSocket other = new DatagramSocket(new InetSocketAddress("127.0.4.3", 0))) {
      behave(
          other,
          request -> {
            PDU pdu = decode(request);
            return List.of(encode(response(pdu, asAsked(pdu))));
          });
      assertBad(DeviceState.Condition.SILENT, "no answer");
    }
  }

  @Test
  void answersToOtherQuestionsAreRefused() throws IOException {
    behave(
        socket,
        request -> {
          PDU pdu = decode(request);
          VariableBinding other = new VariableBinding(new OID("1.3.6.1.4.1"), new Integer32(1));
          return List.of(encode(response(pdu, List.of(other))));
        });
    assertBad(DeviceState.Condition.REFUSED, "something else");
  }

  @Test
  void tablesWithoutEndAreGivenUp() throws IOException {
    behave(
        socket,
        request -> {
          PDU pdu = decode(request);
          if (pdu.getType() == PDU.GET) {
            return List.of(encode(response(pdu, asAsked(pdu))));
          }
          List<VariableBinding> values = new ArrayList<>();
          pdu.getVariableBindings()
              .forEach(
                  binding ->
                      values.add(
                          new VariableBinding(binding.getOid().successor(), new OctetString("x"))));
          return List.of(encode(response(pdu, values)));
        });
    assertBad(DeviceState.Condition.REFUSED, "no end");
    assertThat(requests.get()).isLessThan(2000);
  }

  @Test
  void tablesThatGoRoundAreGivenUp() throws IOException {
    behave(
        socket,
        request -> {
          PDU pdu = decode(request);
          return List.of(encode(response(pdu, asAsked(pdu))));
        });
    assertBad(DeviceState.Condition.REFUSED, "circles");
  }
}
