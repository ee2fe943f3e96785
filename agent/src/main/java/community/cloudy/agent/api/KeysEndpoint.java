package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.community.Community;
import community.cloudy.agent.json.Json;
import community.cloudy.gossip.serf.KeyReport;
import community.cloudy.gossip.serf.wire.Bytes;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lists and changes the keys with which the community encrypts its gossip. */
final class KeysEndpoint {
  private static final Set<Integer> SIZES = Set.of(16, 24, 32);

  /** How many nodes' messages stand in the sentence for people; the report has them all. */
  private static final int SHOWN = 3;

  private final Community community;
  private final boolean kept;
  private final Map<String, Function<Bytes, CompletableFuture<KeyReport>>> actions;

  KeysEndpoint(Node node) {
    community = node.community();
    kept = node.config().gossip().keyringFile().isPresent();
    actions =
        Map.of(
            "install", community::installKey,
            "use", community::useKey,
            "remove", community::removeKey);
  }

  CompletableFuture<Reply> list(Call call) {
    return community
        .listKeys()
        .thenApply(report -> Reply.json(json(report).set("keys", keys(report))));
  }

  CompletableFuture<Reply> change(Call call) {
    String action = call.body().text("action");
    Bytes key = key(call.body());
    Optional<Function<Bytes, CompletableFuture<KeyReport>>> change =
        Optional.ofNullable(actions.get(action));
    if (change.isEmpty()) {
      call.body().refuse("action", "must be install, use or remove");
    }
    call.body().end();
    return change.orElseThrow().apply(key).thenApply(report -> answer(action, report));
  }

  /** Reads the key; nothing that is said about it holds any of it. */
  private static Bytes key(Body body) {
    byte[] key = {};
    try {
      key = Base64.getDecoder().decode(body.text("key"));
    } catch (IllegalArgumentException e) {
      // Refused below, as its size is wrong.
    }
    if (!SIZES.contains(key.length)) {
      body.refuse("key", "must be base64 of 16, 24 or 32 bytes");
    }
    return Bytes.wrap(key);
  }

  private Reply answer(String action, KeyReport report) {
    if (report.complete()) {
      return Reply.json(json(report));
    }
    String detail =
        ("Could not %s the key everywhere: of %d nodes %d answered, %d of them that they failed%s."
                + " Put that right and do it again.")
            .formatted(action, report.nodes(), report.responses(), report.errors(), said(report));
    return Problem.of(ProblemCode.KEYS_INCOMPLETE, detail)
        .reply(Json.object().set("report", json(report)));
  }

  private static String said(KeyReport report) {
    return new TreeMap<>(report.messages())
        .entrySet().stream()
            .limit(SHOWN)
            .map(said -> "; " + said.getKey() + ": " + said.getValue())
            .collect(Collectors.joining());
  }

  private ObjectNode json(KeyReport report) {
    ObjectNode json =
        Json.object()
            .put("complete", report.complete())
            .put("nodes", report.nodes())
            .put("responses", report.responses())
            .put("errors", report.errors())
            .put("kept", kept);
    ObjectNode messages = json.putObject("messages");
    new TreeMap<>(report.messages()).forEach(messages::put);
    return json;
  }

  private static ArrayNode keys(KeyReport report) {
    ArrayNode list = Json.array();
    Comparator<String> order =
        Comparator.comparing(key -> -report.primaryKeys().getOrDefault(key, 0));
    report.keys().entrySet().stream()
        .sorted(Map.Entry.comparingByKey(order.thenComparing(key -> key)))
        .forEach(
            key ->
                list.addObject()
                    .put("key", key.getKey())
                    .put("nodes", key.getValue())
                    .put("primary", report.primaryKeys().getOrDefault(key.getKey(), 0)));
    return list;
  }
}
