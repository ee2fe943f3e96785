package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import community.cloudy.gossip.serf.wire.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The JSON object a request carries, while its fields are read; collects all that is wrong. */
final class Body {
  private static final int MAX_TEXT = 400;

  private final ObjectNode object;
  private final Set<String> known = new HashSet<>();
  private final List<Problem.Fault> faults = new ArrayList<>();

  /** Takes {@code bytes}; none at all mean an empty object. */
  Body(byte[] bytes) {
    this.object = bytes.length == 0 ? Json.object() : parsed(bytes);
  }

  private static ObjectNode parsed(byte[] bytes) {
    try {
      if (Json.read(bytes) instanceof ObjectNode object) {
        return object;
      }
    } catch (IllegalArgumentException e) {
      throw new ApiException(
          ProblemCode.BAD_REQUEST, "Could not read the request: " + e.getMessage() + ".");
    }
    throw new ApiException(ProblemCode.BAD_REQUEST, "The request must be a JSON object.");
  }

  /** Reads a list of 1 to {@code most} texts. */
  List<String> texts(String name, int most) {
    return texts(name, 1, most);
  }

  /** Reads a list of up to {@code most} texts; an empty one where nothing is given. */
  List<String> textsIfAny(String name, int most) {
    return object.has(name) ? texts(name, 0, most) : List.of();
  }

  private List<String> texts(String name, int least, int most) {
    JsonNode list = field(name);
    if (!list.isArray() || list.size() < least || list.size() > most) {
      fault("#/" + name, "must be a list of " + least + " to " + most + " texts");
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      texts.add(text("#/" + name + "/" + i, 1, list.get(i)));
    }
    return texts;
  }

  /** Reads a text that is not empty. */
  String text(String name) {
    return text("#/" + name, 1, field(name));
  }

  /** Reads up to {@code most} texts, each under a name; none where nothing is given. */
  Map<String, String> namedTexts(String name, int most) {
    JsonNode object = field(name);
    if (object.isMissingNode()) {
      return Map.of();
    }
    if (!object.isObject() || object.size() > most) {
      fault("#/" + name, "must be an object of at most " + most + " texts");
      return Map.of();
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String pointer = "#/" + name + "/" + escaped(entry.getKey());
      texts.put(checked(pointer, 1, entry.getKey()), text(pointer, 0, entry.getValue()));
    }
    return texts;
  }

  /** Reads a whole number in a range; {@code otherwise} where nothing is given. */
  int number(String name, int least, int most, int otherwise) {
    JsonNode value = field(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    boolean whole = value.isIntegralNumber() && value.canConvertToInt();
    if (!whole || value.intValue() < least || value.intValue() > most) {
      fault("#/" + name, "must be a whole number from " + least + " to " + most);
      return otherwise;
    }
    return value.intValue();
  }

  /** Reads a time such as {@code 30s}, as in a query. */
  Optional<Duration> time(String name) {
    JsonNode value = field(name);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Query.time(value.asText()));
    } catch (IllegalArgumentException e) {
      fault("#/" + name, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** Reads bytes: text in {@code payload}, or base64 in {@code payload_base64}, or none. */
  Bytes payload() {
    JsonNode text = field("payload");
    JsonNode base64 = field("payload_base64");
    if (!text.isMissingNode() && !base64.isMissingNode()) {
      fault("#/payload_base64", "cannot be given beside payload");
    } else if (text.isTextual()) {
      return Bytes.utf8(text.textValue());
    } else if (base64.isTextual()) {
      return decoded(base64.textValue());
    } else if (!text.isMissingNode()) {
      fault("#/payload", "must be a text");
    } else if (!base64.isMissingNode()) {
      fault("#/payload_base64", "must be base64");
    }
    return Bytes.EMPTY;
  }

  private Bytes decoded(String base64) {
    try {
      return Bytes.wrap(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      fault("#/payload_base64", "must be base64");
      return Bytes.EMPTY;
    }
  }

  /** Reads true or false; false where nothing is given. */
  boolean flag(String name) {
    JsonNode value = field(name);
    if (!value.isMissingNode() && !value.isBoolean()) {
      fault("#/" + name, "must be true or false");
    }
    return value.asBoolean();
  }

  /** Says what is wrong with a field beside what its kind demands. */
  void refuse(String name, String detail) {
    fault("#/" + name, detail);
  }

  /**
   * Ends the reading.
   *
   * @throws ApiException with all that is wrong, unknown fields included
   */
  void end() {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                fault("#/" + escaped(name), "is not a field here");
              }
            });
    if (!faults.isEmpty()) {
      throw ApiException.badRequest(faults);
    }
  }

  private String text(String pointer, int least, JsonNode value) {
    if (!value.isTextual()) {
      fault(pointer, "must be a text");
      return "";
    }
    return checked(pointer, least, value.textValue());
  }

  private String checked(String pointer, int least, String text) {
    if (text.length() < least
        || text.length() > MAX_TEXT
        || text.chars().anyMatch(Character::isISOControl)) {
      fault(
          pointer,
          "must be a text of %d to %d characters, none of them a control character"
              .formatted(least, MAX_TEXT));
    }
    return text;
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private JsonNode field(String name) {
    known.add(name);
    return object.path(name);
  }

  private void fault(String pointer, String detail) {
    faults.add(Problem.Fault.pointer(pointer, detail));
  }
}
