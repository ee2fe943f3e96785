package community.cloudy.gossip.discovery.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.discovery.mdns.DnsAnswers.Answer;
import community.cloudy.gossip.discovery.mdns.DnsAnswers.Search;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DnsAnswersTest {
  private static final String TYPE = "_serf_blue._tcp.local.";
  private static final Search SERF = new Search(TYPE, Optional.empty());
  private static final Search WITH_TEXT = new Search(TYPE, Optional.of("a=b"));

  /** A message under construction, without compression unless asked for. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message(int questions, int answers) {
      out.writeBytes(
          new byte[] {0, 0, (byte) 0x84, 0, 0, (byte) questions, 0, (byte) answers, 0, 0, 0, 0});
    }

    Message raw(int... bytes) {
      for (int one : bytes) {
        out.write(one);
      }
      return this;
    }

    Message name(String name) {
      for (String label : name.split("\\.", -1)) {
        byte[] bytes = label.getBytes(StandardCharsets.UTF_8);
        out.write(bytes.length);
        out.writeBytes(bytes);
      }
      return this;
    }

    Message record(String owner, int kind, byte[] data) {
      return name(owner).raw(0, kind, 0, 1, 0, 0, 0, 120, data.length >> 8, data.length).data(data);
    }

    Message data(byte[] data) {
      out.writeBytes(data);
      return this;
    }

    Message pointer(String instance) {
      return record(TYPE, 12, encoded(instance));
    }

    Message service(String instance, int port, String host) {
      ByteArrayOutputStream data = new ByteArrayOutputStream();
      data.writeBytes(new byte[] {0, 10, 0, 1, (byte) (port >> 8), (byte) port});
      data.writeBytes(encoded(host));
      return record(instance, 33, data.toByteArray());
    }

    Message address(String host, int... address) {
      byte[] data = new byte[address.length];
      for (int i = 0; i < data.length; i++) {
        data[i] = (byte) address[i];
      }
      return record(host, address.length == 4 ? 1 : 28, data);
    }

    private static byte[] encoded(String name) {
      return new Message(0, 0).name(name).afterHeader();
    }

    private byte[] afterHeader() {
      byte[] all = out.toByteArray();
      return Arrays.copyOfRange(all, 12, all.length);
    }

    List<Answer> read(Search... searches) {
      return DnsAnswers.read(out.toByteArray(), List.of(searches));
    }
  }

  private static Message whole() {
    return new Message(0, 4)
        .pointer("a." + TYPE)
        .service("a." + TYPE, 7946, "vm.")
        .address("vm.", 10, 0, 0, 1)
        .record("a." + TYPE, 16, new byte[] {1, 'x'});
  }

  private static InetAddress address(int... bytes) throws Exception {
    return InetAddress.getByAddress(
        new byte[] {(byte) bytes[0], (byte) bytes[1], (byte) bytes[2], (byte) bytes[3]});
  }

  @Test
  void asksWithOneQuestion() {
    assertThat(
            HexFormat.of()
                .formatHex(
                    DnsAnswers.question(List.of(new Search("_a._tcp.local.", Optional.empty())))))
        .isEqualTo("000000000001000000000000" + "025f61045f746370056c6f63616c00" + "000c0001");
  }

  @Test
  void readsWhatAnAgentAnswers() throws Exception {
    assertThat(whole().read(SERF))
        .containsExactly(new Answer("a." + TYPE, List.of(address(10, 0, 0, 1)), 7946));
  }

  @Test
  void readsCompressedNames() throws Exception {
    Message message =
        new Message(1, 3)
            .name(TYPE)
            .raw(0, 12, 0, 1) // the question, whose name is at 12
            .raw(0xc0, 12, 0, 12, 0, 1, 0, 0, 0, 120, 0, 4, 1, 'a', 0xc0, 12) // name at 51
            .raw(
                0xc0, 51, 0, 33, 0, 1, 0, 0, 0, 120, 0, 10, 0, 10, 0, 1, 0x1f, 0x0a, 1, 'h', 0xc0,
                28)
            .raw(1, 'H', 0xc0, 28, 0, 1, 0, 1, 0, 0, 0, 120, 0, 4, 10, 0, 0, 7);
    assertThat(message.read(SERF))
        .containsExactly(new Answer("a." + TYPE, List.of(address(10, 0, 0, 7)), 7946));
  }

  @Test
  void readsInAnyOrderWithoutRegardToCase() throws Exception {
    assertThat(
            new Message(0, 3)
                .address("VM.", 10, 0, 0, 1)
                .service("A._SERF_blue._tcp.local.", 7946, "vm.")
                .pointer("a." + TYPE)
                .read(SERF))
        .containsExactly(new Answer("a." + TYPE, List.of(address(10, 0, 0, 1)), 7946));
  }

  @Test
  void readsAddressesOfBothKinds() {
    Answer answer = whole().read(SERF).get(0);
    assertThat(answer.addresses()).hasSize(1);
    assertThat(
            new Message(0, 4)
                .pointer("a." + TYPE)
                .service("a." + TYPE, 1, "vm.")
                .address("vm.", 10, 0, 0, 1)
                .address("vm.", 0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)
                .read(SERF)
                .get(0)
                .addresses())
        .extracting(InetAddress::getHostAddress)
        .containsExactly("10.0.0.1", "2001:db8:0:0:0:0:0:1");
  }

  @Test
  void ignoresOtherCommunities() {
    assertThat(
            new Message(0, 3)
                .record("_serf_red._tcp.local.", 12, Message.encoded("a._serf_red._tcp.local."))
                .service("a._serf_red._tcp.local.", 7946, "vm.")
                .address("vm.", 10, 0, 0, 1)
                .read(SERF))
        .isEmpty();
  }

  @Test
  void ignoresInstancesWithoutTheTextWanted() {
    assertThat(whole().read(WITH_TEXT)).isEmpty();
    byte[] texts = {1, 'x', 3, 'a', '=', 'b'};
    Message with =
        new Message(0, 3)
            .pointer("a." + TYPE)
            .service("a." + TYPE, 7946, "vm.")
            .record("a." + TYPE, 16, texts);
    assertThat(with.read(WITH_TEXT)).hasSize(1);
    assertThat(with.read(SERF)).hasSize(1);
    assertThat(with.read(new Search(TYPE, Optional.of("a=")))).isEmpty();
  }

  @Test
  void asksForAllAtOnce() {
    byte[] question = DnsAnswers.question(List.of(SERF, new Search("_b.", Optional.empty())));
    assertThat(question[5]).isEqualTo((byte) 2);
    assertThat(question).endsWith(2, '_', 'b', 0, 0, 12, 0, 1);
  }

  @Test
  void ignoresAnInstanceWithoutAPort() {
    assertThat(new Message(0, 1).pointer("a." + TYPE).read(SERF)).isEmpty();
  }

  @Test
  void keepsWhatCameBeforeNonsense() {
    byte[] whole = whole().out.toByteArray();
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);
    assertThat(DnsAnswers.read(cut, List.of(SERF))).hasSize(1);
    assertThat(DnsAnswers.read(Arrays.copyOf(whole, 60), List.of(SERF))).isEmpty();
  }

  @Test
  void aNameThatPointsToItselfEnds() {
    assertThat(new Message(0, 1).raw(0xc0, 12).read(SERF)).isEmpty();
    assertThat(new Message(0, 1).raw(1, 'a', 0xc0, 12).read(SERF)).isEmpty();
  }

  @Test
  void aNameThatIsTooLongEnds() {
    Message message = new Message(0, 1);
    for (int i = 0; i < 200; i++) {
      message.raw(2, 'a', 'b');
    }
    assertThat(message.raw(0).read(SERF)).isEmpty();
  }

  @Test
  void looksAtNoMoreThanSixtyFourRecords() {
    Message many = new Message(0, 100);
    for (int i = 0; i < 64; i++) {
      many.address("x.", 1, 2, 3, 4);
    }
    assertThat(many.pointer("a." + TYPE).service("a." + TYPE, 1, "x.").read(SERF)).isEmpty();
  }

  @Test
  void damagedMessagesRaiseNothing() {
    byte[] whole = whole().out.toByteArray();
    SplittableRandom random = new SplittableRandom(1);
    int read = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] bad = Arrays.copyOf(whole, random.nextInt(whole.length + 20));
      for (int damage = random.nextInt(4); damage >= 0 && bad.length > 0; damage--) {
        int at = random.nextInt(bad.length);
        bad[at] = (byte) (random.nextBoolean() ? 0xc0 : random.nextInt(256));
      }
      read += DnsAnswers.read(bad, List.of(SERF)).size();
    }
    assertThat(read).isPositive();
  }
}
