package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.containers.AppsHost;
import community.cloudy.agent.json.Json;
import community.cloudy.agent.text.Printable;
import community.cloudy.containers.backup.Manifest;
import community.cloudy.containers.backup.Retention;
import community.cloudy.containers.backup.SavedStack;
import community.cloudy.containers.backup.Schedules;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Tells of backups, makes, restores and schedules them. */
final class BackupsEndpoint {
  private final EngineCalls calls;
  private final Jobs jobs;

  BackupsEndpoint(EngineCalls calls, Jobs jobs) {
    this.calls = calls;
    this.jobs = jobs;
  }

  CompletableFuture<Reply> list(Call call) {
    return calls.list("backups", host -> host.apps().backups().list(), BackupsEndpoint::json);
  }

  private static ObjectNode json(SavedStack saved) {
    return Json.object()
        .put("id", saved.id())
        .put("stack", saved.stack())
        .put("made", saved.made().toString())
        .put("size", saved.size());
  }

  CompletableFuture<Reply> one(Call call) {
    String id = call.at("id");
    return calls.answer(host -> json(id, host.apps().backups().manifest(id)));
  }

  private static ObjectNode json(String id, Manifest manifest) {
    ObjectNode json =
        Json.object()
            .put("id", id)
            .put("stack", manifest.stack())
            .put("made", manifest.made().toString())
            .put("reason", manifest.reason())
            .put("unpacked_size", manifest.size());
    ArrayNode files = json.putArray("files");
    manifest
        .files()
        .forEach(
            part ->
                files.addObject().put("name", Printable.of(part.name())).put("size", part.size()));
    ArrayNode data = json.putArray("data");
    manifest
        .data()
        .forEach(
            volume ->
                data.addObject()
                    .put("volume", volume.volume())
                    .put("size", volume.part().size())
                    .put("sha256", volume.part().sha256()));
    return json;
  }

  CompletableFuture<Reply> create(Call call) {
    String stack = call.body().text("stack");
    call.body().end();
    AppsHost apps = calls.host().apps();
    return jobs.start(
        call.caller(),
        "backup.create",
        stack,
        progress -> json(apps.backups().create(stack, "asked", progress)));
  }

  CompletableFuture<Reply> restore(Call call) {
    String id = call.at("id");
    Optional<String> as = Optional.of(call.body().textIfAny("as")).filter(name -> !name.isEmpty());
    boolean replace = call.body().flag("replace");
    call.body().end();
    String by = call.caller().signature();
    AppsHost apps = calls.host().apps();
    return jobs.start(
        call.caller(),
        "backup.restore",
        id,
        progress -> {
          apps.backups().restore(id, as, replace, by, progress);
          return Json.object().put("id", id);
        });
  }

  CompletableFuture<Reply> delete(Call call) {
    call.body().end();
    String id = call.at("id");
    return calls.answer(
        host -> {
          host.apps().backups().delete(id);
          return Json.object().put("id", id);
        });
  }

  CompletableFuture<Reply> schedules(Call call) {
    return calls.list("schedules", host -> host.apps().schedules().list(), BackupsEndpoint::json);
  }

  CompletableFuture<Reply> schedule(Call call) {
    String stack = call.at("stack");
    Body body = call.body();
    String at = body.text("at");
    String day = body.textIfAny("day");
    Optional<LocalTime> time = body.made("at", () -> time(at));
    Optional<Optional<DayOfWeek>> weekday = body.made("day", () -> day(day));
    Retention usual = Retention.USUAL;
    Retention retention =
        new Retention(
            body.number("daily", 0, 366, usual.daily()),
            body.number("weekly", 0, 260, usual.weekly()),
            body.number("monthly", 0, 120, usual.monthly()));
    body.end();
    return calls.answer(
        host -> {
          // Nobody learns a month later that there never was such a stack.
          host.stacks().get(stack);
          return json(
              host.apps()
                  .schedules()
                  .set(stack, weekday.orElseThrow(), time.orElseThrow(), retention));
        });
  }

  private static LocalTime time(String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("must be a time of day such as 03:30", e);
    }
  }

  private static Optional<DayOfWeek> day(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(DayOfWeek.valueOf(text.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must be a day of the week such as sunday", e);
    }
  }

  CompletableFuture<Reply> unschedule(Call call) {
    call.body().end();
    String stack = call.at("stack");
    return calls.answer(
        host -> {
          if (!host.apps().schedules().remove(stack)) {
            throw new ApiException(ProblemCode.NOT_FOUND, "This stack has no schedule.");
          }
          return Json.object().put("stack", Printable.of(stack));
        });
  }

  private static ObjectNode json(Schedules.Entry entry) {
    Retention retention = entry.schedule().retention();
    ObjectNode json =
        Json.object()
            .put("stack", Printable.of(entry.schedule().stack()))
            .put("at", entry.schedule().at().toString())
            .put("daily", retention.daily())
            .put("weekly", retention.weekly())
            .put("monthly", retention.monthly());
    entry.schedule().day().ifPresent(d -> json.put("day", d.name().toLowerCase(Locale.ROOT)));
    entry.last().ifPresent(last -> json.put("last", last.toString()));
    if (!entry.problem().isEmpty()) {
      json.put("problem", Printable.of(entry.problem()));
    }
    return json;
  }
}
