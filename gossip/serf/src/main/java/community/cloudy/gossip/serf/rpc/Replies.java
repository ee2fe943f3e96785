package community.cloudy.gossip.serf.rpc;

import community.cloudy.gossip.serf.KeyReport;
import community.cloudy.gossip.serf.Member;
import community.cloudy.gossip.serf.coordinate.Coordinate;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.MsgpackWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Encodes answers and records (specification C3); keys are sorted. */
final class Replies {
  private Replies() {}

  static MsgpackWriter header(long seq, String error) {
    return MsgpackWriter.rpc().map(2).key("Error").string(error).key("Seq").integer(seq);
  }

  /** Returns a record of a stream: a header without error, and {@code body}. */
  static byte[] record(long seq, byte[] body) {
    return header(seq, "").raw(body, 0, body.length).toByteArray();
  }

  static void members(MsgpackWriter out, Collection<Member> members) {
    out.list(members.size());
    members.forEach(member -> member(out, member));
  }

  private static void member(MsgpackWriter out, Member member) {
    Member.Versions versions = member.versions();
    out.map(11);
    out.key("Addr").bytes(member.endpoint().address());
    out.key("DelegateCur").integer(versions.delegateCurrent());
    out.key("DelegateMax").integer(versions.delegateMax());
    out.key("DelegateMin").integer(versions.delegateMin());
    out.key("Name").string(member.name());
    out.key("Port").integer(member.endpoint().port());
    out.key("ProtocolCur").integer(versions.protocolCurrent());
    out.key("ProtocolMax").integer(versions.protocolMax());
    out.key("ProtocolMin").integer(versions.protocolMin());
    out.key("Status").string(member.status().text());
    texts(out.key("Tags"), member.tags());
  }

  static void texts(MsgpackWriter out, Map<String, String> texts) {
    out.map(texts.size());
    texts.forEach((key, value) -> out.string(key).string(value));
  }

  /** Writes what members said about keys; only a list has {@code keys}. */
  static void keys(MsgpackWriter out, KeyReport report, boolean list) {
    out.map(5);
    out.key("Keys");
    if (list) {
      out.map(report.keys().size());
      report.keys().forEach((key, count) -> out.string(key).integer(count));
    } else {
      out.nil();
    }
    texts(out.key("Messages"), report.messages());
    out.key("NumErr").integer(report.errors());
    out.key("NumNodes").integer(report.nodes());
    out.key("NumResp").integer(report.responses());
  }

  static void coordinate(MsgpackWriter out, Optional<Coordinate> known) {
    Coordinate coordinate = known.orElseGet(Coordinate::origin);
    out.map(2).key("Coord").map(4);
    out.key("Adjustment").float64(known.isPresent() ? coordinate.adjustment() : 0);
    out.key("Error").float64(known.isPresent() ? coordinate.error() : 0);
    out.key("Height").float64(known.isPresent() ? coordinate.height() : 0);
    out.key("Vec");
    if (known.isPresent()) {
      out.list(coordinate.vector().length);
      for (double part : coordinate.vector()) {
        out.float64(part);
      }
    } else {
      out.nil();
    }
    out.key("Ok").bool(known.isPresent());
  }

  static byte[] memberEvent(String type, List<Member> members) {
    MsgpackWriter out = MsgpackWriter.rpc().map(2).key("Event").string(type).key("Members");
    members(out, members);
    return out.toByteArray();
  }

  static byte[] userEvent(long time, String name, Bytes payload, boolean coalesce) {
    MsgpackWriter out = MsgpackWriter.rpc().map(5);
    out.key("Coalesce").bool(coalesce).key("Event").string("user").key("LTime").integer(time);
    return out.key("Name").string(name).key("Payload").bytesOrNil(payload).toByteArray();
  }

  static byte[] query(long id, long time, String name, Bytes payload) {
    MsgpackWriter out = MsgpackWriter.rpc().map(5);
    out.key("Event").string("query").key("ID").integer(id).key("LTime").integer(time);
    return out.key("Name").string(name).key("Payload").bytesOrNil(payload).toByteArray();
  }

  /** Returns a record of a query's answers: "ack", "response" or "done". */
  static byte[] answer(String type, String from, Bytes payload) {
    MsgpackWriter out = MsgpackWriter.rpc().map(3).key("From").string(from);
    return out.key("Payload").bytesOrNil(payload).key("Type").string(type).toByteArray();
  }

  static byte[] log(String line) {
    return MsgpackWriter.rpc().map(1).key("Log").string(line).toByteArray();
  }
}
