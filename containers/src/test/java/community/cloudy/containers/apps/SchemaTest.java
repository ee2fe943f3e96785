package community.cloudy.containers.apps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Holds the JSON Schema for editors and the reader together. */
final class SchemaTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  // What a schema cannot say: how one part must fit another, and RE2.
  private static final List<String> BEYOND =
      List.of(
          "] default must ",
          "twice. Keep one",
          "no field of type port",
          "must be 1 to 65535",
          "min must not be above max",
          "is no RE2 pattern");

  private static Schema schema() throws IOException {
    try (InputStream in = App.class.getResourceAsStream("app.schema.json")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text);
    }
  }

  static JsonNode tree(String yaml) {
    return MAPPER.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
  }

  private static Optional<String> refusal(JsonNode document) {
    try {
      SampleApp.folder(document.toString()).app();
      return Optional.empty();
    } catch (AppException e) {
      return Optional.of(e.getMessage());
    }
  }

  @Test
  void takesWhatTheReaderTakesAndRefusesWhatItRefuses() throws IOException {
    Schema schema = schema();
    JsonNode sample = tree(SampleApp.METADATA);
    assertThat(schema.validate(sample)).isEmpty();
    List<JsonNode> documents = new ArrayList<>();
    mutate(sample, sample, documents);
    assertThat(documents).hasSizeGreaterThan(1000);
    int refused = 0;
    List<String> disagreements = new ArrayList<>();
    for (JsonNode document : documents) {
      Optional<String> refusal = refusal(document);
      boolean fits = schema.validate(document).isEmpty();
      if (refusal.isPresent() && BEYOND.stream().anyMatch(refusal.get()::contains)) {
        continue;
      }
      refused += fits ? 0 : 1;
      if (fits != refusal.isEmpty()) {
        disagreements.add("schema: " + fits + ", reader: " + refusal + ", of " + document);
      }
    }
    assertThat(disagreements).isEmpty();
    assertThat(refused).isGreaterThan(500);
  }

  /** Puts odd things in place of each part of {@code root}, one at a time. */
  private static void mutate(JsonNode root, JsonNode part, List<JsonNode> documents) {
    if (part instanceof ObjectNode object) {
      for (String key : List.copyOf(new ArrayList<>(names(object)))) {
        JsonNode before = object.get(key);
        for (JsonNode odd : odd(before)) {
          object.set(key, odd);
          documents.add(root.deepCopy());
        }
        object.remove(key);
        documents.add(root.deepCopy());
        object.set(key, before);
        mutate(root, before, documents);
      }
      object.put("unknown", "x");
      documents.add(root.deepCopy());
      object.remove("unknown");
    } else if (part instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        JsonNode before = array.get(i);
        for (JsonNode odd : odd(before)) {
          array.set(i, odd);
          documents.add(root.deepCopy());
        }
        array.set(i, before);
        mutate(root, before, documents);
      }
    }
  }

  private static List<String> names(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<JsonNode> odd(JsonNode before) {
    List<Object> odd =
        new ArrayList<>(
            List.of(
                "",
                "x",
                "X",
                "a-b",
                "/",
                "/x",
                "8081",
                "0",
                "-5",
                "12m",
                "1g",
                "90s",
                "true",
                "<i>",
                "a\nb",
                "a\tb",
                "\u202e",
                "a".repeat(50),
                "a".repeat(500),
                "A".repeat(3000),
                "$x",
                "${x}",
                "it's $5",
                "c:\\",
                "COMPOSE_X",
                "env",
                "udp",
                "icon.gif"));
    odd.addAll(List.of(0, 1, 17, 70, 5000, -1, true, 1.5, List.of(), Map.of(), List.of("x")));
    odd.addAll(List.of(Map.of("en", "x"), Map.of("fr", "x"), Map.of("en", "<")));
    List<JsonNode> nodes = new ArrayList<>();
    odd.forEach(value -> nodes.add(MAPPER.valueToTree(value)));
    nodes.add(MAPPER.nullNode());
    if (before.isTextual()) {
      nodes.add(MAPPER.valueToTree(before.asText() + before.asText()));
    }
    return nodes;
  }
}
