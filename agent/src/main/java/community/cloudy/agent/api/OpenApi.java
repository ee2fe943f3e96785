package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import community.cloudy.agent.modules.ModuleHost;
import community.cloudy.services.spi.Resource;
import community.cloudy.services.spi.ServiceModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/** The API's document: what stands in the jar, and the resources of the modules there are. */
final class OpenApi {
  private OpenApi() {}

  static Reply answer(ModuleHost modules) {
    ObjectNode document = document();
    ObjectNode paths = (ObjectNode) document.path("paths");
    for (ServiceModule<?, ?> module : modules.all()) {
      String id = module.descriptor().id();
      for (Resource<?> resource : module.resources()) {
        ObjectNode path = paths.withObjectProperty(ModuleRoutes.path(id, resource));
        path.set(resource.method().toLowerCase(Locale.ROOT), operation(id, resource));
      }
    }
    return Reply.json(document);
  }

  private static ObjectNode document() {
    try (InputStream in = OpenApi.class.getResourceAsStream("openapi.json")) {
      if (in == null) {
        throw new IllegalStateException("openapi.json is not in the jar");
      }
      return (ObjectNode) Json.read(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode operation(String id, Resource<?> resource) {
    ObjectNode operation = Json.object();
    operation.put("operationId", operationId(id, resource)).put("summary", resource.summary());
    operation.putArray("tags").add(id);
    ArrayNode parameters = operation.putArray("parameters");
    PathTemplate.of(resource.path()).names().forEach(name -> parameter(parameters, name, true));
    resource.parameters().stream().sorted().forEach(name -> parameter(parameters, name, false));
    if (resource.method().equals("POST") || resource.method().equals("PUT")) {
      operation
          .putObject("requestBody")
          .putObject("content")
          .putObject("application/json")
          .putObject("schema")
          .put("type", "object");
    }
    ObjectNode responses = operation.putObject("responses");
    responses.putObject("200").put("description", "What the module answers.");
    responses.putObject("default").put("$ref", "#/components/responses/Problem");
    operation.put("x-cloudy-role", ModuleRoutes.role(resource).word());
    return operation;
  }

  private static String operationId(String id, Resource<?> resource) {
    String words = resource.path().replaceAll("[{}]", "").replaceAll("[^a-z0-9]+", "_");
    return resource.method().toLowerCase(Locale.ROOT) + "_" + id + words;
  }

  private static void parameter(ArrayNode parameters, String name, boolean inPath) {
    ObjectNode parameter = parameters.addObject();
    parameter.put("name", name).put("in", inPath ? "path" : "query");
    if (inPath) {
      parameter.put("required", true);
    }
    parameter.putObject("schema").put("type", "string");
  }
}
