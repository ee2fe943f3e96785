package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import community.cloudy.auth.Secret;
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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The JSON object a request carries, while its fields are read; collects all that is wrong. */
final class Body {
  private static final int MAX_TEXT = 400;
  private static final int MAX_PEEKED = 16;

  private final ObjectNode object;
  private final String prefix;
  private final Set<String> known = new HashSet<>();
  private final List<Problem.Fault> faults;

  /** Takes {@code bytes}; none at all mean an empty object. */
  Body(byte[] bytes) {
    this(bytes.length == 0 ? Json.object() : parsed(bytes), "#", new ArrayList<>());
  }

  private Body(ObjectNode object, String prefix, List<Problem.Fault> faults) {
    this.object = object;
    this.prefix = prefix;
    this.faults = faults;
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
      fault(pointer(name), "must be a list of " + least + " to " + most + " texts");
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      texts.add(text(pointer(name) + "/" + i, 1, list.get(i)));
    }
    return texts;
  }

  /** Returns everything, for somebody else to check. */
  ObjectNode whole() {
    return object;
  }

  /** Reads a text that is not empty. */
  String text(String name) {
    return text(pointer(name), 1, field(name));
  }

  /** Reads up to {@code most} texts, each under a name; none where nothing is given. */
  Map<String, String> namedTexts(String name, int most) {
    JsonNode object = field(name);
    if (object.isMissingNode()) {
      return Map.of();
    }
    if (!object.isObject() || object.size() > most) {
      fault(pointer(name), "must be an object of at most " + most + " texts");
      return Map.of();
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String pointer = pointer(name) + "/" + escaped(entry.getKey());
      texts.put(checked(pointer, 1, entry.getKey()), text(pointer, 0, entry.getValue()));
    }
    return texts;
  }

  /** Reads up to {@code most} files, each under its name: texts of any length and many lines. */
  Map<String, String> documents(String name, int most) {
    JsonNode object = field(name);
    if (object.isMissingNode()) {
      return Map.of();
    }
    if (!object.isObject() || object.size() > most) {
      fault(pointer(name), "must be an object of at most " + most + " texts");
      return Map.of();
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String pointer = pointer(name) + "/" + escaped(entry.getKey());
      if (!entry.getValue().isTextual()) {
        fault(pointer, "must be a text");
      }
      texts.put(checked(pointer, 1, entry.getKey()), entry.getValue().asText());
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
      fault(pointer(name), "must be a whole number from " + least + " to " + most);
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
      fault(pointer(name), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** Reads bytes: text in {@code payload}, or base64 in {@code payload_base64}, or none. */
  Bytes payload() {
    JsonNode text = field("payload");
    JsonNode base64 = field("payload_base64");
    if (!text.isMissingNode() && !base64.isMissingNode()) {
      fault(pointer("payload_base64"), "cannot be given beside payload");
    } else if (text.isTextual()) {
      return Bytes.utf8(text.textValue());
    } else if (base64.isTextual()) {
      return decoded(base64.textValue());
    } else if (!text.isMissingNode()) {
      fault(pointer("payload"), "must be a text");
    } else if (!base64.isMissingNode()) {
      fault(pointer("payload_base64"), "must be base64");
    }
    return Bytes.EMPTY;
  }

  private Bytes decoded(String base64) {
    try {
      return Bytes.wrap(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      fault(pointer("payload_base64"), "must be base64");
      return Bytes.EMPTY;
    }
  }

  /** Reads a text that may be empty, and is where nothing is given. */
  String textIfAny(String name) {
    JsonNode value = field(name);
    return value.isMissingNode() ? "" : text(pointer(name), 0, value);
  }

  /** Reads a password: any text that is not empty. What is wrong with it never quotes it. */
  Secret secret(String name) {
    JsonNode value = field(name);
    if (!value.isTextual() || value.textValue().isEmpty()) {
      fault(pointer(name), "must be a text that is not empty");
      return Secret.of("");
    }
    return Secret.of(value.textValue());
  }

  /** Reads true or false, one of which must be given. */
  boolean demandedFlag(String name) {
    if (!object.has(name)) {
      fault(pointer(name), "must be true or false");
    }
    return flag(name);
  }

  /** Returns what is given for {@code name}, unread and unchecked, for the audit log. */
  String peek(String name) {
    JsonNode value = object.path(name);
    if (value.isArray()) {
      return StreamSupport.stream(value.spliterator(), false)
          .limit(MAX_PEEKED)
          .map(JsonNode::asText)
          .collect(Collectors.joining(" "));
    }
    return value.asText();
  }

  /** Tells whether something is given for {@code name}. */
  boolean has(String name) {
    return object.has(name);
  }

  /** Opens a list of up to {@code most} objects; end each of them, too. */
  List<Body> objects(String name, int most) {
    JsonNode list = field(name);
    if (!list.isArray() || list.isEmpty() || list.size() > most) {
      fault(pointer(name), "must be a list of 1 to " + most + " objects");
      return List.of();
    }
    List<Body> objects = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      objects.add(opened(pointer(name) + "/" + i, list.get(i)));
    }
    return objects;
  }

  /** Opens an object; end it, too. */
  Body object(String name) {
    return opened(pointer(name), field(name));
  }

  private Body opened(String pointer, JsonNode value) {
    if (value instanceof ObjectNode inner) {
      return new Body(inner, pointer, faults);
    }
    fault(pointer, "must be an object");
    return new Body(Json.object(), pointer, faults);
  }

  /** Makes something of what was read; what it refuses is a fault of {@code name}. */
  <T> Optional<T> made(String name, Supplier<T> maker) {
    try {
      return Optional.of(maker.get());
    } catch (IllegalArgumentException e) {
      fault(name.isEmpty() ? prefix : pointer(name), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** Reads true or false; false where nothing is given. */
  boolean flag(String name) {
    JsonNode value = field(name);
    if (!value.isMissingNode() && !value.isBoolean()) {
      fault(pointer(name), "must be true or false");
    }
    return value.asBoolean();
  }

  /** Says what is wrong with a field beside what its kind demands. */
  void refuse(String name, String detail) {
    fault(pointer(name), detail);
  }

  /**
   * Ends the reading.
   *
   * @throws ApiException with all that is wrong, unknown fields included
   */
  void end() {
    checkNames();
    if (!faults.isEmpty()) {
      throw ApiException.badRequest(faults);
    }
  }

  /** Ends the reading of an object within another; what is wrong is told at the end of that. */
  void checkNames() {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                fault(pointer(escaped(name)), "is not a field here");
              }
            });
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

  private String pointer(String name) {
    return prefix + "/" + name;
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
