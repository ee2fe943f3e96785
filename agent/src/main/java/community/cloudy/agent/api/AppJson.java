package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.containers.AppInstaller;
import community.cloudy.agent.containers.AppsHost;
import community.cloudy.agent.json.Json;
import community.cloudy.agent.text.Printable;
import community.cloudy.containers.apps.App;
import community.cloudy.containers.apps.AppShelf;
import community.cloudy.containers.apps.Catalogues;
import community.cloudy.containers.apps.Field;
import community.cloudy.containers.apps.FieldKind;
import community.cloudy.containers.apps.Language;
import java.util.Locale;

/** Apps and catalogues as the API tells of them. */
final class AppJson {
  private AppJson() {}

  static ObjectNode summary(AppShelf.Offer offer, Language language) {
    App app = offer.app();
    ObjectNode json =
        Json.object()
            .put("id", app.id().value())
            .put("catalogue", offer.catalogue())
            .put("version", app.version())
            .put("title", app.title().in(language))
            .put("tagline", app.tagline().in(language))
            .put("category", app.category())
            .put("memory", app.memory())
            .put("disk", app.disk())
            .put("multi_instance", app.multiInstance())
            .put("fits", app.architectures().contains(AppsHost.architecture()))
            .put("icon", app.icon().isPresent());
    ArrayNode architectures = json.putArray("architectures");
    app.architectures().stream().sorted().forEach(architectures::add);
    return json;
  }

  static ObjectNode detail(AppShelf.Offer offer, Language language) {
    App app = offer.app();
    ObjectNode json = summary(offer, language);
    json.put("description", app.description().in(language)).put("licence", app.licence());
    app.homepage().ifPresent(page -> json.put("homepage", page.toString()));
    ArrayNode fields = json.putArray("fields");
    app.fields().forEach(field -> fields.add(field(field, language)));
    ArrayNode announces = json.putArray("announces");
    for (App.Announced announced : app.announces()) {
      ObjectNode one =
          announces
              .addObject()
              .put("service", announced.service())
              .put("type", announced.type())
              .put("name", announced.name())
              .put("port", announced.port());
      announced.path().ifPresent(path -> one.put("path", path));
    }
    ArrayNode volumes = json.putArray("saved_volumes");
    app.backup().volumes().forEach(volumes::add);
    return json;
  }

  private static ObjectNode field(Field field, Language language) {
    ObjectNode json =
        Json.object()
            .put("name", field.name())
            .put("type", field.kind().type())
            .put("label", field.label().in(language))
            .put("required", field.required() && field.fallback().isEmpty());
    field.help().ifPresent(help -> json.put("help", help.in(language)));
    field.fallback().ifPresent(value -> json.put("default", value));
    bounds(json, field.kind(), language);
    return json;
  }

  private static void bounds(ObjectNode json, FieldKind kind, Language language) {
    if (kind instanceof FieldKind.Text text) {
      json.put("max_length", text.maxLength());
      text.pattern().ifPresent(pattern -> json.put("pattern", pattern.toString()));
    } else if (kind instanceof FieldKind.Password password) {
      json.put("min_length", password.minLength());
    } else if (kind instanceof FieldKind.Whole whole) {
      json.put("min", whole.min()).put("max", whole.max());
    } else if (kind instanceof FieldKind.Size size) {
      json.put("min", size.min()).put("max", size.max());
    } else if (kind instanceof FieldKind.Port port) {
      json.put("protocol", port.protocol().name().toLowerCase(Locale.ROOT));
    } else if (kind instanceof FieldKind.Choice choice) {
      ArrayNode options = json.putArray("options");
      choice
          .options()
          .forEach(
              option ->
                  options
                      .addObject()
                      .put("value", option.value())
                      .put("label", option.label().in(language)));
    }
  }

  /** What a stack is of; with what its catalogue has by now where that is another version. */
  static ObjectNode standing(AppInstaller.Standing standing) {
    App app = standing.installed().app();
    ObjectNode json =
        Json.object()
            .put("catalogue", Printable.of(standing.installed().catalogue()))
            .put("id", app.id().value())
            .put("version", app.version());
    standing
        .newest()
        .ifPresent(
            newest -> {
              json.put("newest", newest.offer().app().version());
              newest.lacking().forEach(json.putArray("lacking")::add);
              newest.edited().forEach(json.putArray("edited")::add);
            });
    return json;
  }

  static ObjectNode catalogue(Catalogues.Installed installed) {
    return Json.object()
        .put("name", installed.catalogue().name())
        .put("version", installed.catalogue().version())
        .put("expires", installed.catalogue().expires().toString())
        .put("apps", installed.catalogue().apps().size())
        .put("source", Printable.of(installed.source()));
  }
}
