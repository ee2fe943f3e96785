package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The JSON object a request carries, while its fields are read; collects all that is wrong. */
final class Body {
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
    JsonNode list = field(name);
    if (!list.isArray() || list.isEmpty() || list.size() > most) {
      fault("#/" + name, "must be a list of 1 to " + most + " texts");
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      texts.add(text("#/" + name + "/" + i, list.get(i)));
    }
    return texts;
  }

  /** Reads a text that is not empty. */
  String text(String name) {
    return text("#/" + name, field(name));
  }

  /** Reads true or false; false where nothing is given. */
  boolean flag(String name) {
    JsonNode value = field(name);
    if (!value.isMissingNode() && !value.isBoolean()) {
      fault("#/" + name, "must be true or false");
    }
    return value.asBoolean();
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
                fault("#/" + name.replace("~", "~0").replace("/", "~1"), "is not a field here");
              }
            });
    if (!faults.isEmpty()) {
      throw ApiException.badRequest(faults);
    }
  }

  private String text(String pointer, JsonNode value) {
    String text = value.isTextual() ? value.textValue() : "";
    if (text.isEmpty() || text.length() > 400 || text.chars().anyMatch(Character::isISOControl)) {
      fault(pointer, "must be a text of 1 to 400 characters, none of them a control character");
    }
    return text;
  }

  private JsonNode field(String name) {
    known.add(name);
    return object.path(name);
  }

  private void fault(String pointer, String detail) {
    faults.add(Problem.Fault.pointer(pointer, detail));
  }
}
