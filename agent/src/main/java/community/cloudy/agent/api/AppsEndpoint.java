package community.cloudy.agent.api;

import community.cloudy.agent.containers.AppsHost;
import community.cloudy.agent.json.Json;
import community.cloudy.agent.text.Printable;
import community.cloudy.containers.apps.AppId;
import community.cloudy.containers.apps.AppShelf;
import community.cloudy.containers.apps.Catalogues;
import community.cloudy.containers.apps.Language;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Tells of apps and the catalogues they come in, and installs them. */
final class AppsEndpoint {
  static final Set<String> LIST_PARAMETERS = Set.of("lang");
  static final Set<String> ONE_PARAMETERS = Set.of("lang", "catalogue");
  static final Set<String> ICON_PARAMETERS = Set.of("catalogue");

  private static final int MAX_VALUES = 64;

  private final EngineCalls calls;
  private final Jobs jobs;

  AppsEndpoint(EngineCalls calls, Jobs jobs) {
    this.calls = calls;
    this.jobs = jobs;
  }

  CompletableFuture<Reply> list(Call call) {
    Language language = language(call);
    return calls.list(
        "apps", host -> host.apps().shelf().list(), offer -> AppJson.summary(offer, language));
  }

  CompletableFuture<Reply> one(Call call) {
    Language language = language(call);
    return calls.answer(host -> AppJson.detail(offer(host.apps(), call), language));
  }

  /** Answers with the icon, which a stranger drew: a page made of it may do nothing. */
  CompletableFuture<Reply> icon(Call call) {
    return calls.on(
        host -> {
          AppShelf.Offer offer = offer(host.apps(), call);
          String name =
              offer
                  .app()
                  .icon()
                  .orElseThrow(
                      () -> new ApiException(ProblemCode.NOT_FOUND, "This app has no icon."));
          String type = name.endsWith(".svg") ? "image/svg+xml" : "image/png";
          return new Reply(200, type, offer.folder().file(name).orElseThrow())
              .with("Content-Security-Policy", "default-src 'none'; sandbox");
        });
  }

  CompletableFuture<Reply> install(Call call) {
    AppId id = id(call);
    String given = call.body().textIfAny("catalogue");
    String catalogue = given.isEmpty() ? AppShelf.SHIPPED : given;
    Optional<String> name =
        Optional.of(call.body().textIfAny("name")).filter(text -> !text.isEmpty());
    Map<String, String> values = call.body().namedTexts("values", MAX_VALUES);
    call.body().end();
    String by = call.caller().signature();
    AppsHost apps = calls.host().apps();
    return jobs.start(
        call.caller(),
        "app.install",
        id.value(),
        progress ->
            Json.object()
                .put("name", apps.installer().install(catalogue, id, name, values, by, progress)));
  }

  CompletableFuture<Reply> update(Call call) {
    String stack = call.at("name");
    Map<String, String> values = call.body().namedTexts("values", MAX_VALUES);
    boolean backup = StacksEndpoint.backup(call);
    boolean force = call.body().flag("force");
    call.body().end();
    String by = call.caller().signature();
    AppsHost apps = calls.host().apps();
    return jobs.start(
        call.caller(),
        "app.update",
        stack,
        progress -> {
          Runnable saving = apps.beforeUpdate(stack, backup, progress);
          String version = apps.installer().update(stack, values, force, by, saving, progress);
          return Json.object().put("name", stack).put("version", version);
        });
  }

  CompletableFuture<Reply> catalogues(Call call) {
    return calls.list("catalogues", host -> host.apps().catalogues().list(), AppJson::catalogue);
  }

  CompletableFuture<Reply> addCatalogue(Call call) {
    String source = call.body().text("source");
    call.body().end();
    return take(call, "catalogue.add", source);
  }

  CompletableFuture<Reply> refreshCatalogue(Call call) {
    call.body().end();
    String name = call.at("name");
    return calls
        .on(host -> host.apps().catalogues().get(name).map(Catalogues.Installed::source))
        .thenCompose(
            source ->
                take(
                    call,
                    "catalogue.refresh",
                    source.orElseThrow(
                        () ->
                            new ApiException(
                                ProblemCode.NOT_FOUND, "There is no such catalogue here."))));
  }

  private CompletableFuture<Reply> take(Call call, String action, String source) {
    AppsHost apps = calls.host().apps();
    return jobs.start(
        call.caller(),
        action,
        source,
        progress -> {
          progress.report("fetch the catalogue", 0, -1);
          return AppJson.catalogue(apps.addCatalogue(source));
        });
  }

  CompletableFuture<Reply> removeCatalogue(Call call) {
    call.body().end();
    String name = call.at("name");
    return calls.answer(
        host -> {
          host.apps().catalogues().remove(name);
          return Json.object().put("name", Printable.of(name));
        });
  }

  private static AppShelf.Offer offer(AppsHost apps, Call call) {
    String catalogue = call.query().one("catalogue", text -> text).orElse(AppShelf.SHIPPED);
    return apps.shelf().get(catalogue, id(call));
  }

  private static AppId id(Call call) {
    try {
      return new AppId(call.at("id"));
    } catch (IllegalArgumentException e) {
      throw new ApiException(ProblemCode.NOT_FOUND, "There is no such app.");
    }
  }

  private static Language language(Call call) {
    return call.query()
        .one(
            "lang",
            text ->
                Language.of(text)
                    .orElseThrow(() -> new IllegalArgumentException("must be ca, es or en")))
        .or(() -> call.language().flatMap(AppsEndpoint::accepted))
        .orElse(Language.EN);
  }

  /** Returns the first of our languages that {@code Accept-Language} names; weights are ignored. */
  private static Optional<Language> accepted(String header) {
    for (String part : header.substring(0, Math.min(200, header.length())).split(",", 20)) {
      Optional<Language> language = Language.of(part.strip().split(";", 2)[0]);
      if (language.isPresent()) {
        return language;
      }
    }
    return Optional.empty();
  }
}
