package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.community.Community;
import community.cloudy.agent.community.Coordinates;
import community.cloudy.agent.json.Json;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.Service;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers what the community offers, nearest first. */
final class ServicesEndpoint {
  static final Set<String> PARAMETERS =
      Set.of("type", "node", "text", "health", "trust", "hidden", "near", "sort", "limit", "wait");

  private static final int MAX_LIMIT = 100_000;
  private static final Comparator<Seen> BY_NAME =
      Comparator.<Seen, String>comparing(seen -> seen.service.offer().name())
          .thenComparing(seen -> seen.service.node())
          .thenComparing(seen -> seen.service.id());
  private static final Map<String, Comparator<Seen>> ORDERS =
      Map.of(
          "rtt", Comparator.comparing(seen -> seen.roundTrip.orElse(Duration.ofDays(1))),
          "name", Comparator.comparing(seen -> seen.service.offer().name()),
          "type", Comparator.comparing(seen -> seen.service.offer().type()),
          "node", Comparator.comparing(seen -> seen.service.node()),
          "health", Comparator.comparing(seen -> seen.service.offer().health().state()));

  private final Community community;
  private final Watch watch;
  private final Recent recent;

  ServicesEndpoint(Node node, Watch watch) {
    community = node.community();
    this.watch = watch;
    recent = new Recent(node.clock());
    node.changes().onChange(recent::changed);
  }

  /** A service, and how far its node is from where it is looked at. */
  private record Seen(Service service, Optional<Duration> roundTrip) {}

  CompletableFuture<Reply> list(Call call) {
    Query query = call.query();
    Predicate<Service> filter = filter(query);
    String near = query.one("near", name -> name).orElseGet(() -> community.localMember().name());
    Comparator<Seen> order = query.one("sort", ServicesEndpoint::order).orElse(order("rtt"));
    int limit = query.one("limit", Query.number(1, MAX_LIMIT)).orElse(MAX_LIMIT);
    Duration wait = query.one("wait", Query::time).orElse(Duration.ZERO);
    Supplier<Reply> render = () -> render(filter, near, order, limit);
    List<Object> question = List.of(query.asked(), near);
    // Who waits is woken by the very changes that the recent answers are forgotten at.
    return watch.answer(
        wait.isZero() ? () -> recent.answer(question, render) : render, call.knownEtag(), wait);
  }

  private static Predicate<Service> filter(Query query) {
    List<String> types = query.all("type");
    List<String> nodes = query.all("node");
    List<String> texts =
        query.all("text").stream().map(text -> text.toLowerCase(Locale.ROOT)).toList();
    List<Health.State> states = query.all("health", text -> choice(Health.State.class, text));
    List<Service.Trust> trusts = query.all("trust", text -> choice(Service.Trust.class, text));
    boolean hidden = query.one("hidden", ServicesEndpoint::flag).orElse(false);
    return service ->
        (hidden || !service.hidden())
            && (types.isEmpty() || types.contains(service.offer().type()))
            && (nodes.isEmpty() || nodes.contains(service.node()))
            && (states.isEmpty() || states.contains(service.offer().health().state()))
            && (trusts.isEmpty() || trusts.contains(service.trust()))
            && texts.stream().allMatch(text -> said(service).contains(text));
  }

  private static String said(Service service) {
    return String.join(
            "\n",
            service.node(),
            service.id(),
            service.offer().type(),
            service.offer().name(),
            service.offer().description(),
            service.offer().attributes().toString())
        .toLowerCase(Locale.ROOT);
  }

  private static boolean flag(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("must be true or false");
    }
    return text.equals("true");
  }

  private static <E extends Enum<E>> E choice(Class<E> type, String text) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        Stream.of(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", ", "must be one of ", "")));
  }

  private static Comparator<Seen> order(String text) {
    boolean descending = text.startsWith("-");
    Comparator<Seen> order = ORDERS.get(descending ? text.substring(1) : text);
    if (order == null) {
      throw new IllegalArgumentException(
          "must be rtt, name, type, node or health, or one after a minus");
    }
    return (descending ? order.reversed() : order).thenComparing(BY_NAME);
  }

  private Reply render(Predicate<Service> filter, String near, Comparator<Seen> order, int limit) {
    Coordinates coordinates = community.coordinates();
    List<Seen> found =
        community.services().all().stream()
            .filter(filter)
            .map(service -> new Seen(service, coordinates.roundTrip(near, service.node())))
            .sorted(order)
            .toList();
    ObjectNode json = Json.object().put("total", found.size()).put("near", near);
    ArrayNode list = json.putArray("services");
    found.stream().limit(limit).forEach(seen -> list.add(ServiceJson.of(seen.service)));
    // A weak tag: ages and round trips change all the time, which is no reason to answer.
    String etag = "W/" + Watch.tag(Json.write(json));
    for (int i = 0; i < list.size(); i++) {
      putMoment((ObjectNode) list.get(i), found.get(i));
    }
    return Reply.json(json).with("ETag", etag);
  }

  private static void putMoment(ObjectNode json, Seen seen) {
    json.put("age_seconds", seen.service.age().toSeconds());
    seen.roundTrip.ifPresent(time -> json.put("rtt_ms", CoordinatesEndpoint.milliseconds(time)));
  }

  CompletableFuture<Reply> one(Call call) {
    Service service =
        community.services().all().stream()
            .filter(one -> one.node().equals(call.at("node")) && one.id().equals(call.at("id")))
            .findFirst()
            .orElseThrow(
                () ->
                    new ApiException(
                        ProblemCode.NOT_FOUND,
                        "Nobody announces this service. /v1/services lists what there is."));
    ObjectNode json = ServiceJson.of(service);
    String here = community.localMember().name();
    putMoment(json, new Seen(service, community.coordinates().roundTrip(here, service.node())));
    ServiceJson.putReasons(json, service);
    return CompletableFuture.completedFuture(Reply.json(json));
  }
}
