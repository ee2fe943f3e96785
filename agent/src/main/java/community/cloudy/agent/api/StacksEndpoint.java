package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.containers.ContainerHost;
import community.cloudy.agent.json.Json;
import community.cloudy.agent.text.Printable;
import community.cloudy.containers.Progress;
import community.cloudy.containers.policy.Grant;
import community.cloudy.containers.stacks.Stack;
import community.cloudy.containers.stacks.StackFiles;
import community.cloudy.containers.stacks.Stacks;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Tells of Compose projects and changes them; what takes long is a job. */
final class StacksEndpoint {
  static final Set<String> REMOVE_PARAMETERS = Set.of("data");
  static final Set<String> REVOKE_PARAMETERS = Set.of("exception");

  /** A file of 512 KiB, each byte of which JSON may write as two, and some others. */
  static final int MAX_BODY = 2 << 20;

  private static final int MAX_FILES = 32;

  private final EngineCalls engine;
  private final Jobs jobs;

  StacksEndpoint(EngineCalls engine, Jobs jobs) {
    this.engine = engine;
    this.jobs = jobs;
  }

  CompletableFuture<Reply> list(Call call) {
    return engine.list("stacks", host -> host.stacks().list(), this::json);
  }

  CompletableFuture<Reply> one(Call call) {
    return engine.on(
        host -> {
          Stack stack = host.stacks().get(call.at("name"));
          // A weak tag: what its containers do is not what a change is based on.
          return Reply.json(json(stack)).with("ETag", "W/\"" + stack.hash() + "\"");
        });
  }

  private ObjectNode json(Stack stack) {
    ObjectNode json = StackJson.of(stack);
    engine
        .host()
        .apps()
        .installer()
        .standing(stack)
        .ifPresent(standing -> json.set("app", AppJson.standing(standing)));
    return json;
  }

  /** Tells its files; secrets, and what is no text, only by name. */
  CompletableFuture<Reply> files(Call call) {
    return engine.answer(
        host -> {
          ObjectNode json = Json.object();
          ArrayNode list = json.putArray("files");
          host.stacks()
              .files(call.at("name"))
              .content()
              .forEach(
                  (path, bytes) -> {
                    ObjectNode file = list.addObject().put("path", Printable.of(path));
                    if (!path.startsWith("secrets/")) {
                      text(bytes).ifPresent(text -> file.put("text", text));
                    }
                  });
          return json;
        });
  }

  /** A picture that was told as text would come back as another one. */
  private static Optional<String> text(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)
        ? Optional.of(text)
        : Optional.empty();
  }

  CompletableFuture<Reply> versions(Call call) {
    return engine.list("versions", host -> host.stacks().versions(name(call)), StackJson::version);
  }

  CompletableFuture<Reply> create(Call call) {
    String name = call.body().text("name");
    StackFiles files = files(call.body());
    String by = call.caller().signature();
    return job(
        call,
        "stack.create",
        name,
        (stacks, p) -> {
          engine.host().apps().checkRoom("make the stack " + name);
          stacks.create(name, files, by, p);
        });
  }

  CompletableFuture<Reply> put(Call call) {
    String name = call.at("name");
    boolean backup = backup(call);
    StackFiles files = files(call.body());
    String by = call.caller().signature();
    return engine
        .on(host -> host.stacks().get(name).hash())
        .thenCompose(
            hash ->
                job(
                    call,
                    "stack.update",
                    name,
                    (stacks, p) ->
                        stacks.update(
                            name, files, Optional.of(hash), by, saving(name, backup, p), p)));
  }

  CompletableFuture<Reply> validate(Call call) {
    String name = call.at("name");
    StackFiles files = files(call.body());
    return engine.answer(host -> StackJson.refusals(host.stacks().validate(name, files)));
  }

  CompletableFuture<Reply> up(Call call) {
    call.body().end();
    return job(call, "stack.up", name(call), (stacks, p) -> stacks.up(name(call), p));
  }

  CompletableFuture<Reply> down(Call call) {
    call.body().end();
    return job(call, "stack.down", name(call), (stacks, p) -> stacks.down(name(call), p));
  }

  CompletableFuture<Reply> restart(Call call) {
    call.body().end();
    return job(call, "stack.restart", name(call), (stacks, p) -> stacks.restart(name(call), p));
  }

  CompletableFuture<Reply> pull(Call call) {
    call.body().end();
    return job(
        call,
        "stack.pull",
        name(call),
        (stacks, p) -> {
          engine.host().apps().checkRoom("get the images of " + name(call));
          stacks.pull(name(call), p);
        });
  }

  CompletableFuture<Reply> apply(Call call) {
    boolean backup = backup(call);
    call.body().end();
    String by = call.caller().signature();
    String name = name(call);
    return job(
        call,
        "stack.apply",
        name,
        (stacks, p) -> stacks.apply(name, by, saving(name, backup, p), p));
  }

  CompletableFuture<Reply> rollback(Call call) {
    int version = call.body().number("version", 1, 1_000_000, 0);
    if (version == 0) {
      call.body().refuse("version", "must be the number of a version");
    }
    boolean backup = backup(call);
    call.body().end();
    String by = call.caller().signature();
    String name = name(call);
    return job(
        call,
        "stack.rollback",
        name,
        (stacks, p) -> stacks.rollback(name, version, by, saving(name, backup, p), p));
  }

  CompletableFuture<Reply> adopt(Call call) {
    call.body().end();
    String name = name(call);
    String by = call.caller().signature();
    return engine.answer(
        host -> {
          host.stacks().adopt(name, by);
          return json(host.stacks().get(name));
        });
  }

  CompletableFuture<Reply> remove(Call call) {
    call.body().end();
    boolean keep = call.query().one("data", StacksEndpoint::kept).orElse(true);
    String name = name(call);
    return job(call, "stack.remove", name, (stacks, p) -> stacks.remove(name, keep, p));
  }

  private static boolean kept(String text) {
    if (!text.equals("keep") && !text.equals("remove")) {
      throw new IllegalArgumentException("must be keep or remove");
    }
    return text.equals("keep");
  }

  CompletableFuture<Reply> exceptions(Call call) {
    return engine.answer(host -> exceptions(host, name(call)));
  }

  private static ObjectNode exceptions(ContainerHost host, String name) {
    return StackJson.exceptions(host.stacks().exceptions(name));
  }

  CompletableFuture<Reply> grant(Call call) {
    String text = call.body().text("exception");
    Optional<Grant> grant = call.body().made("exception", () -> Grant.parse(text));
    call.body().end();
    String name = name(call);
    String by = call.caller().signature();
    return engine.answer(
        host -> {
          host.stacks().grant(name, grant.orElseThrow(), by);
          return exceptions(host, name);
        });
  }

  CompletableFuture<Reply> revoke(Call call) {
    call.body().end();
    Grant grant =
        call.query()
            .one("exception", Grant::parse)
            .orElseThrow(
                () ->
                    new ApiException(
                        ProblemCode.BAD_REQUEST, "Say which: ?exception=privileged, for one."));
    String name = name(call);
    String by = call.caller().signature();
    return engine.answer(
        host -> {
          host.stacks().revoke(name, grant, by);
          return exceptions(host, name);
        });
  }

  /** Tells whether the data are to be saved before, as they are unless somebody says otherwise. */
  static boolean backup(Call call) {
    return !call.body().has("backup") || call.body().flag("backup");
  }

  private Runnable saving(String name, boolean wanted, Progress progress) {
    return engine.host().apps().beforeUpdate(name, wanted, progress);
  }

  private static String name(Call call) {
    return call.at("name");
  }

  private static StackFiles files(Body body) {
    Map<String, String> texts = body.documents("files", MAX_FILES);
    TreeMap<String, byte[]> content = new TreeMap<>();
    texts.forEach((path, text) -> content.put(path, text.getBytes(StandardCharsets.UTF_8)));
    if (texts.isEmpty()) {
      body.refuse("files", "must hold at least " + StackFiles.COMPOSE);
    }
    body.end();
    return new StackFiles(content);
  }

  /** Something that takes long. */
  @FunctionalInterface
  private interface Deed {
    void run(Stacks stacks, Progress progress);
  }

  private CompletableFuture<Reply> job(Call call, String action, String name, Deed deed) {
    Stacks stacks = engine.host().stacks();
    return jobs.start(
        call.caller(),
        action,
        name,
        progress -> {
          deed.run(stacks, progress);
          return Json.object().put("name", name);
        });
  }
}
