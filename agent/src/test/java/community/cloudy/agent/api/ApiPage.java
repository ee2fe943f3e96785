package community.cloudy.agent.api;

import static community.cloudy.agent.Reference.head;
import static community.cloudy.agent.Reference.row;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The API's description as a page for people. */
final class ApiPage {
  private final JsonNode document;
  private final StringBuilder text = new StringBuilder("\n");

  private ApiPage(JsonNode document) {
    this.document = document;
  }

  static String of(JsonNode document) {
    ApiPage page = new ApiPage(document);
    page.overview();
    Map<String, List<String>> groups = new TreeMap<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      groups.computeIfAbsent(group(path.getKey()), name -> new ArrayList<>()).add(path.getKey());
    }
    groups.forEach(page::group);
    page.problems();
    page.text.append("## Schemas\n\n");
    for (Map.Entry<String, JsonNode> schema : document.at("/components/schemas").properties()) {
      page.schema(schema.getKey(), schema.getValue());
    }
    return page.text.toString();
  }

  private static String group(String path) {
    String[] parts = path.split("/", -1);
    return parts[1].equals("v1")
        ? parts[2].equals("modules") && parts.length > 3 && !parts[3].startsWith("{")
            ? "Module " + parts[3]
            : parts[2]
        : "Node";
  }

  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
  }

  private void overview() {
    text.append("## All\n\n").append(head("operation", "role", "what it does"));
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation -> {
                          String title = title(operation.getKey(), path.getKey());
                          text.append(
                              row(
                                  List.of(
                                      "[`%s`](#%s)".formatted(title, anchor(title)),
                                      role(operation.getValue()),
                                      operation.getValue().path("summary").asText())));
                        }));
    text.append('\n');
  }

  private void group(String name, List<String> paths) {
    text.append("## ").append(name).append("\n\n");
    for (String path : paths) {
      document
          .path("paths")
          .path(path)
          .properties()
          .forEach(operation -> operation(title(operation.getKey(), path), operation.getValue()));
    }
  }

  private static String title(String method, String path) {
    return method.toUpperCase(Locale.ROOT) + " " + path;
  }

  private static String role(JsonNode operation) {
    return operation.path("x-cloudy-role").asText("anybody");
  }

  private void operation(String title, JsonNode operation) {
    text.append("### ").append(title).append("\n\n");
    text.append(operation.path("summary").asText());
    String more = operation.path("description").asText("");
    text.append(more.isEmpty() ? "" : " " + more);
    text.append(" Role: ").append(role(operation)).append(".\n\n");
    StringBuilder rows = new StringBuilder();
    for (JsonNode reference : operation.path("parameters")) {
      JsonNode parameter = resolved(reference);
      rows.append(
          row(
              List.of(
                  "`" + parameter.path("name").asText() + "`",
                  parameter.path("in").asText(),
                  type(parameter.path("schema")),
                  parameter.path("description").asText(""))));
    }
    if (!rows.isEmpty()) {
      text.append(head("parameter", "in", "value", "what it is")).append(rows).append('\n');
    }
    text.append(head("", "content", "what it is"));
    if (operation.has("requestBody")) {
      content("request", operation.path("requestBody"));
    }
    operation
        .path("responses")
        .properties()
        .forEach(answer -> answer(answer.getKey(), answer.getValue()));
    text.append('\n');
  }

  private void answer(String code, JsonNode answer) {
    content(code.equals("default") ? "else" : code, resolved(answer));
  }

  private void content(String what, JsonNode body) {
    List<String> kinds = new ArrayList<>();
    body.path("content")
        .properties()
        .forEach(
            kind -> {
              String shown = type(kind.getValue().path("schema"));
              kinds.add(
                  kind.getKey().equals("application/json")
                      ? shown
                      : "`" + kind.getKey() + "`" + (shown.equals("text") ? "" : " " + shown));
            });
    text.append(row(List.of(what, String.join("; ", kinds), body.path("description").asText(""))));
  }

  private void problems() {
    text.append("## Problems\n\n").append(head("type", "status", "means"));
    for (ProblemCode code : ProblemCode.values()) {
      text.append(
          row(
              List.of(
                  "`urn:cloudy:problem:" + code.word() + "`",
                  String.valueOf(code.status()),
                  code.title())));
    }
    text.append('\n');
  }

  private void schema(String name, JsonNode schema) {
    text.append("### Schema ").append(name).append("\n\n");
    String description = schema.path("description").asText("");
    text.append(description).append(description.isEmpty() ? "" : "\n\n");
    StringBuilder rows = new StringBuilder();
    rows(rows, "", schema);
    text.append(
        rows.isEmpty() ? type(schema) + ".\n" : head("field", "value", "what it is") + rows);
    text.append('\n');
  }

  private void rows(StringBuilder rows, String prefix, JsonNode schema) {
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String field = prefix + property.getKey();
      JsonNode value = property.getValue();
      rows.append(
          row(
              List.of(
                  "`" + field + "`" + (required.contains(property.getKey()) ? "" : "?"),
                  type(value),
                  value.path("description").asText(""))));
      rows(rows, field + ".", value);
      rows(rows, field + "[].", value.path("items"));
      rows(rows, field + ".NAME.", value.path("additionalProperties"));
    }
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }

  private static String type(JsonNode schema) {
    if (schema.has("$ref")) {
      String name = schema.path("$ref").asText().replaceFirst(".*/", "");
      return "[%s](#%s)".formatted(name, anchor("Schema " + name));
    } else if (schema.has("allOf")) {
      List<String> all = new ArrayList<>();
      schema.path("allOf").forEach(part -> all.add(type(part)));
      return String.join(" with ", all);
    } else if (schema.has("const")) {
      return "`" + schema.path("const").asText() + "`";
    } else if (schema.has("enum")) {
      List<String> words = new ArrayList<>();
      schema.path("enum").forEach(word -> words.add("`" + word.asText() + "`"));
      return String.join(", ", words);
    }
    return switch (schema.path("type").asText("")) {
      case "array" -> "list of " + type(schema.path("items"));
      case "object" ->
          schema.path("additionalProperties").isObject()
              ? "map of " + type(schema.path("additionalProperties"))
              : fields(schema);
      case "integer", "number" -> number(schema);
      case "boolean" -> "true or false";
      case "string" -> schema.path("format").asText("text") + length(schema);
      default -> "anything";
    };
  }

  private static String fields(JsonNode schema) {
    List<String> names = new ArrayList<>();
    schema.path("properties").fieldNames().forEachRemaining(name -> names.add("`" + name + "`"));
    return names.isEmpty() ? "map" : "{" + String.join(", ", names) + "}";
  }

  private static String number(JsonNode schema) {
    if (!schema.has("minimum") && !schema.has("maximum")) {
      return "number";
    }
    return "number, "
        + schema.path("minimum").asText("any")
        + " to "
        + schema.path("maximum").asText("any");
  }

  private static String length(JsonNode schema) {
    return schema.has("maxLength") ? ", at most " + schema.path("maxLength").asText() : "";
  }
}
