package community.cloudy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DiagnosisTest {
  private static Set<String> places(String text) {
    return Pattern.compile("\\{[^}]*}")
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void fillsInWhatWasSeenAsItIs() {
    Map<String, String> seen = Map.of("free", "1$0", "folder", "/a\\b{free}");

    assertThat(Diagnosis.DISK_FULL.evidence(seen)).isEqualTo("1$0 MiB are free for /a\\b{free}");
    assertThat(Diagnosis.DISK_FULL.code()).isEqualTo("disk-full");
    assertThat(Diagnosis.DISK_ROOM.remedy(seen)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ca", "es"})
  void theDashboardSaysAllOfItInEachLanguage(String language) throws IOException {
    JsonNode words =
        Json.read(Files.readAllBytes(Path.of("dashboard/src/checks", language + ".json")));

    assertThat(words.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Diagnosis.values()).map(Diagnosis::code).toList());
    for (Diagnosis diagnosis : Diagnosis.values()) {
      JsonNode said = words.path(diagnosis.code());
      assertThat(places(said.path(0).asText()))
          .as(diagnosis.code())
          .isEqualTo(places(diagnosis.evidence(Map.of())));
      assertThat(places(said.path(1).asText()))
          .as(diagnosis.code())
          .isEqualTo(places(diagnosis.remedy(Map.of())));
      assertThat(said.path(1).asText().isEmpty())
          .as(diagnosis.code())
          .isEqualTo(diagnosis.remedy(Map.of()).isEmpty());
    }
  }
}
