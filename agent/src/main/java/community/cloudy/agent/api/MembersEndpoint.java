package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.community.Community;
import community.cloudy.agent.community.CommunityJson;
import community.cloudy.agent.json.Json;
import community.cloudy.gossip.serf.Member;
import community.cloudy.gossip.serf.MemberStatus;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Answers who the members are. */
final class MembersEndpoint {
  static final Set<String> PARAMETERS = Set.of("status", "name", "tag", "sort", "limit", "wait");

  private static final int MAX_LIMIT = 100_000;
  private static final Map<String, Comparator<Member>> ORDERS =
      Map.of(
          "name", Comparator.comparing(Member::name),
          "address", Comparator.comparing(member -> member.endpoint().toString()),
          "status", Comparator.comparing(Member::status));

  private final Community community;
  private final Watch watch;

  MembersEndpoint(Community community, Watch watch) {
    this.community = community;
    this.watch = watch;
  }

  CompletableFuture<Reply> answer(Call call) {
    Query query = call.query();
    Predicate<Member> filter = filter(query);
    Comparator<Member> order = query.one("sort", MembersEndpoint::order).orElse(order("name"));
    int limit = query.one("limit", Query.number(1, MAX_LIMIT)).orElse(MAX_LIMIT);
    Duration wait = query.one("wait", Query::time).orElse(Duration.ZERO);
    return watch.answer(() -> render(filter, order, limit), call.knownEtag(), wait);
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

  private static Comparator<Member> order(String text) {
    boolean descending = text.startsWith("-");
    Comparator<Member> order = ORDERS.get(descending ? text.substring(1) : text);
    if (order == null) {
      throw new IllegalArgumentException("must be name, address or status, or one after a minus");
    }
    return (descending ? order.reversed() : order).thenComparing(Member::name);
  }

  private Reply render(Predicate<Member> filter, Comparator<Member> order, int limit) {
    List<Member> found = community.members().stream().filter(filter).sorted(order).toList();
    ObjectNode json = Json.object().put("total", found.size());
    ArrayNode list = json.putArray("members");
    found.stream().limit(limit).forEach(member -> list.add(json(member)));
    return Reply.json(json);
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
