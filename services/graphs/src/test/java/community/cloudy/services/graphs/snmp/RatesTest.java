package community.cloudy.services.graphs.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each file holds the readings of one interface and the rates that must come of them. */
final class RatesTest {
  private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
  private static final Duration GAP = Duration.ofSeconds(610);

  static Stream<String> traces() throws IOException, URISyntaxException {
    try (Stream<Path> files = Files.list(folder())) {
      List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
      assertThat(names).hasSizeGreaterThan(15);
      return names.stream();
    }
  }

  private static Path folder() throws URISyntaxException {
    return Path.of(
        Optional.ofNullable(RatesTest.class.getResource("/traces")).orElseThrow().toURI());
  }

  @ParameterizedTest
  @MethodSource("traces")
  void drawsNoSpikeAndLosesNoSample(String trace) throws IOException, URISyntaxException {
    double speed = 0;
    Optional<Reading> before = Optional.empty();
    for (String line : Files.readAllLines(folder().resolve(trace))) {
      String[] words = line.split(" ");
      if (words[0].equals("speed")) {
        speed = Double.parseDouble(words[1]);
      } else if (!words[0].equals("#")) {
        Reading now = reading(words);
        if (before.isPresent()) {
          Rates rates = Rates.between(before.get(), now, speed, GAP);
          assertRate(line, rates.in(), words[6]);
          assertRate(line, rates.out(), words[7]);
        }
        before = Optional.of(now);
      }
    }
  }

  private static Reading reading(String[] words) {
    Instant at = BEGIN.plusNanos((long) (Double.parseDouble(words[0]) * 1e9));
    return new Reading(
        at,
        Long.parseLong(words[1]),
        Integer.parseInt(words[2]),
        words[3].equals("64"),
        Long.parseUnsignedLong(words[4]),
        Long.parseUnsignedLong(words[5]));
  }

  private static void assertRate(String line, double rate, String expected) {
    if (expected.equals("NaN")) {
      assertThat(rate).as(line).isNaN();
    } else {
      double exact = Double.parseDouble(expected);
      assertThat(rate).as(line).isCloseTo(exact, within(1 + exact * 0.001));
    }
  }
}
