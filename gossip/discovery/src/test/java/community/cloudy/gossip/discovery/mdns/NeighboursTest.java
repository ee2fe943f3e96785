package community.cloudy.gossip.discovery.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.discovery.mdns.DnsAnswers.Answer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeighboursTest {
  private static final int PORT = 7946;
  private static final InetAddress LAN = address("192.168.1.2");
  private static final InetAddress MESH = address("10.1.2.3");
  private static final InetAddress PEER = address("192.168.1.9");

  private final List<InetSocketAddress> found = new ArrayList<>();
  private final Neighbours neighbours = new Neighbours(PORT, found::add);

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Answer answer(String instance, InetAddress address, int port) {
    return new Answer(instance, List.of(address), port);
  }

  private void answered(Answer... answers) {
    neighbours.answered(LAN, List.of(answers));
  }

  private void silent(int questions) {
    IntStream.range(0, questions).forEach(i -> answered());
  }

  @BeforeEach
  void open() {
    neighbours.own(List.of(LAN, MESH));
  }

  @Test
  void tellsOfAPeerOnce() {
    answered(answer("a", PEER, PORT), answer("a under another type", PEER, PORT));
    answered(answer("a", PEER, PORT));
    neighbours.answered(MESH, List.of(answer("a", PEER, PORT)));
    assertThat(found).containsExactly(new InetSocketAddress(PEER, PORT));
  }

  @Test
  void tellsOfEveryChange() {
    answered(answer("a", PEER, PORT));
    answered(answer("a", PEER, PORT + 1));
    answered(answer("a", PEER, PORT));
    assertThat(found).extracting(InetSocketAddress::getPort).containsExactly(PORT, PORT + 1, PORT);
  }

  @Test
  void aLostAnswerIsNoChange() {
    for (int i = 0; i < 5; i++) {
      answered(answer("a", PEER, PORT));
      silent(Neighbours.PATIENCE - 1);
    }
    assertThat(found).hasSize(1);
  }

  @Test
  void tellsAgainOfAPeerThatWasSilent() {
    answered(answer("a", PEER, PORT));
    silent(Neighbours.PATIENCE);
    answered(answer("a", PEER, PORT));
    assertThat(found).hasSize(2);
  }

  @Test
  void silenceOnAnotherLinkSaysNothing() {
    answered(answer("a", PEER, PORT));
    for (int i = 0; i < 2 * Neighbours.PATIENCE; i++) {
      neighbours.answered(MESH, List.of());
    }
    answered(answer("a", PEER, PORT));
    assertThat(found).hasSize(1);
  }

  @Test
  void isNotFoundByItself() {
    answered(answer("self", LAN, PORT), answer("self", MESH, PORT));
    assertThat(found).isEmpty();
    answered(answer("another agent on this box", LAN, PORT + 1));
    assertThat(found).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "127.0.0.1",
        "224.0.0.251",
        "169.254.169.254",
        "::",
        "::1",
        "fe80::1",
        "ff02::fb"
      })
  void believesNoAddressThatIsNobodys(String bad) {
    answered(answer("a", address(bad), PORT));
    assertThat(found).isEmpty();
    answered(new Answer("a", List.of(address(bad), PEER), PORT));
    assertThat(found).containsExactly(new InetSocketAddress(PEER, PORT));
  }

  @Test
  void believesNoPortZero() {
    answered(answer("a", PEER, 0));
    assertThat(found).isEmpty();
  }

  @Test
  void aFloodOfNamesEnds() {
    List<Answer> flood =
        IntStream.rangeClosed(2000, 3000).mapToObj(i -> answer("m" + i, PEER, i)).toList();
    neighbours.answered(LAN, flood);
    assertThat(found).hasSize(Neighbours.MAX);
  }

  @Test
  void forgetsTheAnswersOfAClosedLink() {
    answered(answer("a", PEER, PORT));
    neighbours.own(List.of(MESH));
    neighbours.own(List.of(LAN, MESH));
    answered(answer("a", PEER, PORT));
    assertThat(found).hasSize(2);
  }
}
