package community.cloudy.gossip.serf.rpc;

import community.cloudy.gossip.serf.KeyReport;
import community.cloudy.gossip.serf.Member;
import community.cloudy.gossip.serf.Serf;
import community.cloudy.gossip.serf.coordinate.Coordinate;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.MsgpackWriter;
import community.cloudy.gossip.serf.wire.WireException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Carries out the commands of one admitted client (specification C3). */
final class Commands {
  private static final KeyReport NO_REPORT = new KeyReport(0, 0, 0, Map.of(), Map.of(), Map.of());

  private final Serf serf;
  private final Connection connection;
  private final Streams streams;
  private final Runnable afterLeave;

  Commands(Serf serf, Connection connection, Streams streams, Runnable afterLeave) {
    this.serf = serf;
    this.connection = connection;
    this.streams = streams;
    this.afterLeave = afterLeave;
  }

  void run(Request request) throws WireException {
    Body body = request.body();
    switch (request.command()) {
      case "members" -> members(request, serf.members());
      case "members-filtered" -> {
        MemberFilter filter = new MemberFilter(body);
        members(request, serf.members().stream().filter(filter::matches).toList());
      }
      case "join" -> join(request);
      case "leave" -> leave(request);
      case "force-leave" -> when(request, serf.forceLeave(body.text("Node"), body.bool("Prune")));
      case "event" ->
          when(
              request, serf.event(body.text("Name"), body.bytes("Payload"), body.bool("Coalesce")));
      case "tags" ->
          when(
              request, serf.updateTags(body.textMap("Tags"), Set.copyOf(body.texts("DeleteTags"))));
      case "stats" -> {
        MsgpackWriter out = Replies.header(request.seq(), "");
        Statistics.write(out, serf);
        connection.send(out.toByteArray());
      }
      case "get-coordinate" -> {
        Optional<Coordinate> coordinate = serf.coordinate(body.text("Node"));
        MsgpackWriter out = Replies.header(request.seq(), "");
        Replies.coordinate(out, coordinate);
        connection.send(out.toByteArray());
      }
      case "install-key" -> key(request, serf::installKey);
      case "use-key" -> key(request, serf::useKey);
      case "remove-key" -> key(request, serf::removeKey);
      case "list-keys" -> keys(request, serf.listKeys(), true);
      default -> streams.run(request);
    }
  }

  private void members(Request request, List<Member> members) {
    MsgpackWriter out = Replies.header(request.seq(), "").map(1).key("Members");
    Replies.members(out, members);
    connection.send(out.toByteArray());
  }

  private void join(Request request) throws WireException {
    List<String> addresses = request.body().texts("Existing");
    connection.await(
        serf.join(addresses, !request.body().bool("Replay")),
        (reached, failure) -> {
          MsgpackWriter out = Replies.header(request.seq(), error(failure));
          connection.send(out.map(1).key("Num").integer(reached.orElse(0)).toByteArray());
        });
  }

  private void leave(Request request) {
    connection.await(
        serf.leave(),
        (nothing, failure) -> {
          connection.send(Replies.header(request.seq(), error(failure)).toByteArray());
          if (failure.isEmpty()) {
            // Whatever it is, it may close this very server and must not keep its loop.
            new Thread(afterLeave, "serf-after-leave").start();
          }
        });
  }

  /** Answers once {@code done} is. */
  private void when(Request request, CompletableFuture<Void> done) {
    connection.await(
        done,
        (nothing, failure) ->
            connection.send(Replies.header(request.seq(), error(failure)).toByteArray()));
  }

  private void key(Request request, Function<Bytes, CompletableFuture<KeyReport>> change)
      throws WireException {
    String key = request.body().text("Key");
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(key);
    } catch (IllegalArgumentException e) {
      keyReport(request, "illegal base64 data: " + e.getMessage(), NO_REPORT, false);
      return;
    }
    keys(request, change.apply(Bytes.wrap(decoded)), false);
  }

  private void keys(Request request, CompletableFuture<KeyReport> asked, boolean list) {
    connection.await(
        asked,
        (report, failure) ->
            keyReport(
                request,
                report.map(KeyReport::error).orElseGet(() -> error(failure)),
                report.orElse(NO_REPORT),
                list));
  }

  private void keyReport(Request request, String error, KeyReport report, boolean list) {
    MsgpackWriter out = Replies.header(request.seq(), error);
    Replies.keys(out, report, list);
    connection.send(out.toByteArray());
  }

  /** Returns what went wrong, for people; empty if nothing did. */
  private static String error(Optional<Throwable> failure) {
    return failure.map(cause -> String.valueOf(cause.getMessage())).orElse("");
  }

  void closed() {
    streams.closed();
  }
}
