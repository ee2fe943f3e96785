package community.cloudy.gossip.serf.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Answers who a node knows under a name two nodes claim (specification B8).
 *
 * @param member the one known here, if any
 */
public record ConflictResponse(Optional<Member> member) implements SerfMessage {
  static final int TYPE = 6;
  private static final Fields FIELDS =
      Fields.of(
          "Name",
          "Addr",
          "Port",
          "Tags",
          "Status",
          "ProtocolMin",
          "ProtocolMax",
          "ProtocolCur",
          "DelegateMin",
          "DelegateMax",
          "DelegateCur");

  /**
   * A Serf member as another knows it.
   *
   * @param name its name
   * @param address its 4 or 16 address bytes
   * @param port its port, 1 to 65535
   * @param tags its tags
   * @param status 0 none, 1 alive, 2 leaving, 3 left, 4 failed
   * @param versions as in {@link Alive#vsn}, 6 bytes
   */
  public record Member(
      Bytes name, Bytes address, int port, Map<Bytes, Bytes> tags, int status, Bytes versions) {
    /** Checks the ranges and freezes the map. */
    public Member {
      Check.nodeName(name);
      Check.address(address);
      Check.range("port", port, 1, 0xffff);
      Check.range("status", status, 0, 4);
      Check.vsn(versions);
      tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }
  }

  @Override
  public void write(MsgpackWriter out) {
    out.raw(TYPE);
    member.ifPresentOrElse(known -> writeMember(out, known), out::nil);
  }

  private static void writeMember(MsgpackWriter out, Member member) {
    out.map(11).key("Addr").bytes(member.address());
    out.key("DelegateCur")
        .integer(version(member, 5))
        .key("DelegateMax")
        .integer(version(member, 4));
    out.key("DelegateMin").integer(version(member, 3)).key("Name").string(member.name());
    out.key("Port").integer(member.port()).key("ProtocolCur").integer(version(member, 2));
    out.key("ProtocolMax")
        .integer(version(member, 1))
        .key("ProtocolMin")
        .integer(version(member, 0));
    out.key("Status").integer(member.status()).key("Tags").map(member.tags().size());
    member.tags().forEach((key, value) -> out.string(key).string(value));
  }

  private static int version(Member member, int index) {
    return member.versions().at(index) & 0xff;
  }

  static ConflictResponse read(MsgpackReader in) throws WireException {
    return new ConflictResponse(in.nil() ? Optional.empty() : Optional.of(readMember(in)));
  }

  private static Member readMember(MsgpackReader in) throws WireException {
    Bytes name = Bytes.EMPTY;
    Bytes address = Bytes.EMPTY;
    int port = 0;
    Map<Bytes, Bytes> tags = Map.of();
    int status = 0;
    byte[] versions = new byte[6];
    in.begin(FIELDS);
    for (int field = in.field(); field >= 0; field = in.field()) {
      switch (field) {
        case 0 -> name = in.bytes(Limits.NAME);
        case 1 -> address = in.bytes(16);
        case 2 -> port = in.port();
        case 3 -> tags = readTags(in);
        case 4 -> status = (int) in.integer(0, 4);
        default -> versions[field - 5] = (byte) in.integer(0, 255);
      }
    }
    return new Member(name, address, port, tags, status, Bytes.wrap(versions));
  }

  private static Map<Bytes, Bytes> readTags(MsgpackReader in) throws WireException {
    Map<Bytes, Bytes> tags = new LinkedHashMap<>();
    for (int left = in.map(Limits.META); left > 0; left--) {
      tags.put(in.bytes(Limits.META), in.bytes(Limits.META));
    }
    return tags;
  }
}
