package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.community.Community;
import community.cloudy.agent.community.CommunityJson;
import community.cloudy.agent.community.Coordinates;
import community.cloudy.agent.json.Json;
import community.cloudy.gossip.serf.Member;
import community.cloudy.gossip.serf.MemberStatus;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Answers who the members are. */
final class MembersEndpoint {
  static final Set<String> PARAMETERS =
      Set.of("status", "name", "tag", "near", "sort", "limit", "wait");

  private static final int MAX_LIMIT = 100_000;
  private static final Comparator<Seen> BY_NAME = Comparator.comparing(seen -> seen.member.name());
  private static final Comparator<Seen> UNKNOWN_LAST =
      Comparator.comparing(seen -> seen.roundTrip.isEmpty());
  private static final Map<String, Comparator<Seen>> ORDERS =
      Map.of(
          "name", BY_NAME,
          "address", Comparator.comparing(seen -> seen.member.endpoint().toString()),
          "status", Comparator.comparing(seen -> seen.member.status()),
          "rtt", Comparator.comparing(seen -> seen.roundTrip.orElse(Duration.ZERO)));

  private final Community community;
  private final Watch watch;

  MembersEndpoint(Community community, Watch watch) {
    this.community = community;
    this.watch = watch;
  }

  /** A member, and how far it is from where it is looked at. */
  private record Seen(Member member, Optional<Duration> roundTrip) {}

  CompletableFuture<Reply> answer(Call call) {
    Query query = call.query();
    Predicate<Member> filter = filter(query);
    String near = query.one("near", this::member).orElseGet(() -> community.localMember().name());
    Comparator<Seen> order = query.one("sort", MembersEndpoint::order).orElse(BY_NAME);
    int limit = query.one("limit", Query.number(1, MAX_LIMIT)).orElse(MAX_LIMIT);
    Duration wait = query.one("wait", Query::time).orElse(Duration.ZERO);
    return watch.answer(() -> render(filter, near, order, limit), call.knownEtag(), wait);
  }

  private static Predicate<Member> filter(Query query) {
    List<MemberStatus> statuses = query.all("status", MembersEndpoint::status);
    List<String> names = query.all("name");
    List<String[]> tags = query.all("tag", MembersEndpoint::tag);
    return member ->
        (statuses.isEmpty() || statuses.contains(member.status()))
            && (names.isEmpty() || names.contains(member.name()))
            && tags.stream().allMatch(tag -> tag[1].equals(member.tags().get(tag[0])));
  }

  private static MemberStatus status(String text) {
    return Stream.of(MemberStatus.values())
        .filter(status -> status.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("must be alive, leaving, left or failed"));
  }

  private static String[] tag(String text) {
    String[] parts = text.split("=", 2);
    if (parts.length < 2) {
      throw new IllegalArgumentException("must be key=value");
    }
    return parts;
  }

  private String member(String name) {
    if (community.members().stream().noneMatch(member -> member.name().equals(name))) {
      throw new IllegalArgumentException("is no member's name");
    }
    return name;
  }

  private static Comparator<Seen> order(String text) {
    boolean descending = text.startsWith("-");
    String field = descending ? text.substring(1) : text;
    Comparator<Seen> ascending = ORDERS.get(field);
    if (ascending == null) {
      throw new IllegalArgumentException(
          "must be name, address, status or rtt, or one after a minus");
    }
    Comparator<Seen> order = descending ? ascending.reversed() : ascending;
    return (field.equals("rtt") ? UNKNOWN_LAST.thenComparing(order) : order).thenComparing(BY_NAME);
  }

  private Reply render(Predicate<Member> filter, String near, Comparator<Seen> order, int limit) {
    Coordinates coordinates = community.coordinates();
    List<Seen> found =
        community.members().stream()
            .filter(filter)
            .map(member -> new Seen(member, coordinates.roundTrip(near, member.name())))
            .sorted(order)
            .toList();
    ObjectNode json = Json.object().put("total", found.size()).put("near", near);
    ArrayNode list = json.putArray("members");
    found.stream().limit(limit).forEach(seen -> list.add(json(seen.member)));
    // A weak tag: round trips change a little all the time, which is no reason to answer.
    String etag = "W/" + Watch.tag(Json.write(json));
    for (int i = 0; i < list.size(); i++) {
      ObjectNode member = (ObjectNode) list.get(i);
      found
          .get(i)
          .roundTrip
          .ifPresent(time -> member.put("rtt_ms", CoordinatesEndpoint.milliseconds(time)));
    }
    return Reply.json(json).with("ETag", etag);
  }

  private static ObjectNode json(Member member) {
    ObjectNode json = CommunityJson.member(member);
    Member.Versions versions = member.versions();
    json.putObject("protocol")
        .put("min", versions.protocolMin())
        .put("max", versions.protocolMax())
        .put("current", versions.protocolCurrent())
        .put("serf_min", versions.delegateMin())
        .put("serf_max", versions.delegateMax())
        .put("serf_current", versions.delegateCurrent());
    return json;
  }
}
