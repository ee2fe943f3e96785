package community.cloudy.gossip.discovery.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import community.cloudy.gossip.discovery.Announcement.Offer;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.gossip.discovery.ServiceSpec;
import community.cloudy.gossip.discovery.health.Check;
import community.cloudy.gossip.discovery.health.CheckPlan;
import community.cloudy.gossip.discovery.store.AnnouncementFile.Content;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The JSON of a {@link ServiceSpec}: both halves beside each other. */
final class SpecJson {
  private static final int MAX_SERVICES = 1000;

  private SpecJson() {}

  static void write(ServiceSpec service, JsonGenerator out) throws IOException {
    Offer offer = service.offer();
    out.writeStartObject();
    out.writeStringField("id", service.id());
    out.writeStringField("type", offer.type());
    out.writeStringField("name", offer.name());
    out.writeStringField("description", offer.description());
    out.writeArrayFieldStart("endpoints");
    for (ServiceEndpoint endpoint : offer.endpoints()) {
      out.writeStartObject();
      out.writeStringField("scheme", endpoint.scheme());
      out.writeStringField("host", endpoint.host());
      out.writeNumberField("port", endpoint.port());
      out.writeStringField("path", endpoint.path());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeObjectFieldStart("attributes");
    for (Map.Entry<String, String> attribute : offer.attributes().entrySet()) {
      out.writeStringField(attribute.getKey(), attribute.getValue());
    }
    out.writeEndObject();
    if (service.plan().isPresent()) {
      out.writeObjectFieldStart("check");
      write(service.plan().get(), out);
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private static void write(CheckPlan plan, JsonGenerator out) throws IOException {
    Check check = plan.check();
    if (check instanceof Check.Http http) {
      out.writeStringField("kind", http.tls() ? "https" : "http");
      out.writeStringField("path", http.path());
    } else if (check instanceof Check.Dns dns) {
      out.writeStringField("kind", "dns");
      out.writeStringField("name", dns.name());
    } else if (check instanceof Check.Udp) {
      out.writeStringField("kind", "udp");
    } else if (check instanceof Check.Pushed) {
      out.writeStringField("kind", "pushed");
    } else {
      out.writeStringField("kind", "tcp");
    }
    out.writeNumberField("interval_ms", plan.interval().toMillis());
    out.writeNumberField("timeout_ms", plan.timeout().toMillis());
    out.writeNumberField("down", plan.down());
    out.writeNumberField("up", plan.up());
  }

  static Content content(JsonParser in) throws IOException {
    Map<String, Object> fields = object(begun(in));
    List<ServiceSpec> services = new ArrayList<>();
    for (Object item : list(fields.get("services"))) {
      services.add(spec(map(item)));
    }
    return new Content(number(fields, "sequence"), services);
  }

  private static ServiceSpec spec(Map<String, Object> fields) {
    List<ServiceEndpoint> endpoints = new ArrayList<>();
    for (Object item : list(fields.get("endpoints"))) {
      Map<String, Object> endpoint = map(item);
      endpoints.add(
          new ServiceEndpoint(
              text(endpoint, "scheme"),
              text(endpoint, "host"),
              (int) number(endpoint, "port"),
              text(endpoint, "path")));
    }
    SortedMap<String, String> attributes = new TreeMap<>();
    Map<String, Object> written = map(fields.get("attributes"));
    written.keySet().forEach(key -> attributes.put(key, text(written, key)));
    Offer offer =
        new Offer(
            text(fields, "type"),
            text(fields, "name"),
            text(fields, "description"),
            endpoints,
            attributes,
            Health.unchecked());
    Optional<CheckPlan> plan =
        fields.containsKey("check")
            ? Optional.of(plan(map(fields.get("check"))))
            : Optional.empty();
    return new ServiceSpec(text(fields, "id"), offer, plan);
  }

  private static CheckPlan plan(Map<String, Object> fields) {
    Check check =
        switch (text(fields, "kind")) {
          case "http" -> new Check.Http(false, text(fields, "path"));
          case "https" -> new Check.Http(true, text(fields, "path"));
          case "dns" -> new Check.Dns(text(fields, "name"));
          case "udp" -> new Check.Udp();
          case "pushed" -> new Check.Pushed();
          case "tcp" -> new Check.Tcp();
          default -> throw new IllegalArgumentException("unknown kind of check");
        };
    return new CheckPlan(
        check,
        Duration.ofMillis(number(fields, "interval_ms")),
        Duration.ofMillis(number(fields, "timeout_ms")),
        (int) number(fields, "down"),
        (int) number(fields, "up"));
  }

  private static String text(Map<String, Object> fields, String name) {
    if (fields.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(name + " must be a text");
  }

  private static long number(Map<String, Object> fields, String name) {
    if (fields.get(name) instanceof Long number) {
      return number;
    }
    throw new IllegalArgumentException(name + " must be a whole number");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(@Nullable Object value) {
    if (value instanceof Map<?, ?>) {
      return (Map<String, Object>) value;
    }
    throw new IllegalArgumentException("an object is missing");
  }

  private static List<?> list(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException("a list is missing");
  }

  private static JsonParser begun(JsonParser in) throws IOException {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("it is no JSON object");
    }
    return in;
  }

  private static Object value(JsonParser in, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object(in);
      case START_ARRAY -> array(in);
      case VALUE_STRING -> in.getText();
      case VALUE_NUMBER_INT -> in.getLongValue();
      default -> throw new IllegalArgumentException("unexpected " + token);
    };
  }

  private static Map<String, Object> object(JsonParser in) throws IOException {
    Map<String, Object> fields = new HashMap<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      fields.put(name, value(in, in.nextToken()));
    }
    return fields;
  }

  private static List<Object> array(JsonParser in) throws IOException {
    List<Object> items = new ArrayList<>();
    for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
      if (token == null || items.size() >= MAX_SERVICES) {
        throw new IllegalArgumentException("a list is too long or not closed");
      }
      items.add(value(in, token));
    }
    return items;
  }
}
