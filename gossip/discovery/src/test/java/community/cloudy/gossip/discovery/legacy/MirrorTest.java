package community.cloudy.gossip.discovery.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MirrorTest {
  private static final int ROOM = 496;

  private static LegacyService service(String type, int port, String text) {
    return new LegacyService(type, "", "n.guifi.local", "10.0.0.1", port, "", text);
  }

  private static boolean fits(String tag) {
    return tag.length() <= ROOM;
  }

  @Test
  void nothingWantedIsNoTag() {
    assertThat(Mirror.choose(List.of(), MirrorTest::fits))
        .isEqualTo(new Mirror.Choice(Optional.empty(), List.of(), List.of()));
  }

  @Test
  void nothingThatFitsIsNoTag() {
    List<LegacyService> wanted = List.of(service("x", 1, ""), service("x", 2, ""));
    assertThat(Mirror.choose(wanted, tag -> false))
        .isEqualTo(new Mirror.Choice(Optional.empty(), List.of(), wanted));
  }

  @Test
  void prefersWhatOldNodesActUpon() {
    List<LegacyService> wanted =
        List.of(
            service("web", 2, ""),
            service("serf", 5000, ""),
            service("Docker", 8081, ""),
            service("app", 9, ""),
            service("docker", 1, ""),
            service("web", 1, ""),
            service("Docker", 80, ""),
            service("peerstreamer", 6000, ""),
            service("syncthing", 22000, ""));
    assertThat(Mirror.choose(wanted, tag -> true).shown())
        .extracting(service -> service.type() + service.port())
        .containsExactly(
            "syncthing22000",
            "peerstreamer6000",
            "Docker80",
            "Docker8081",
            "serf5000",
            "app9",
            "docker1",
            "web1",
            "web2");
  }

  @Test
  void theTagHoldsExactlyWhatIsShown() throws Exception {
    Corpus corpus = new Corpus(new SplittableRandom(3));
    for (int i = 0; i < 16; i++) {
      List<LegacyService> wanted = corpus.services(i);
      Mirror.Choice choice = Mirror.choose(wanted, MirrorTest::fits);
      List<LegacyService> both = new ArrayList<>(choice.shown());
      both.addAll(choice.leftOut());
      assertThat(both).containsExactlyInAnyOrderElementsOf(wanted);
      assertThat(choice.tag().isPresent()).isEqualTo(!choice.shown().isEmpty());
      if (choice.tag().isPresent()) {
        assertThat(choice.tag().get()).hasSizeLessThanOrEqualTo(ROOM);
        assertThat(LegacyTag.decode(choice.tag().get()).services())
            .containsExactlyInAnyOrderElementsOf(
                choice.shown().stream().map(LegacyService::forOldReaders).toList());
      }
    }
  }

  @Test
  void doesNotDependOnTheOrderGiven() {
    List<LegacyService> wanted = new Corpus(new SplittableRandom(4)).services(30);
    Mirror.Choice choice = Mirror.choose(wanted, MirrorTest::fits);
    for (int i = 0; i < 5; i++) {
      List<LegacyService> shuffled = new ArrayList<>(wanted);
      Collections.shuffle(shuffled, new Random(i));
      assertThat(Mirror.choose(shuffled, MirrorTest::fits)).isEqualTo(choice);
    }
  }

  @Test
  void oneThatIsTooLongDoesNotKeepTheOthersOut() {
    StringBuilder noise = new StringBuilder("node_id=");
    new Random(5)
        .ints(500, 33, 127)
        .filter(c -> "&'<>".indexOf(c) < 0)
        .forEach(noise::appendCodePoint);
    LegacyService big = service("syncthing", 22000, noise.substring(0, 450));
    LegacyService small = service("web", 80, "");
    Mirror.Choice choice = Mirror.choose(List.of(small, big), MirrorTest::fits);
    assertThat(choice.shown()).containsExactly(small);
    assertThat(choice.leftOut()).containsExactly(big);
  }

  @Test
  void compressesFewTimes() {
    List<LegacyService> wanted =
        IntStream.range(1, 200).mapToObj(port -> service("web", port, "t" + port * 7919)).toList();
    AtomicInteger tried = new AtomicInteger();
    Mirror.Choice choice =
        Mirror.choose(
            wanted,
            tag -> {
              tried.incrementAndGet();
              return fits(tag);
            });
    assertThat(choice.shown()).isNotEmpty();
    assertThat(choice.leftOut()).isNotEmpty();
    assertThat(tried.get()).isLessThanOrEqualTo(17);
  }
}
