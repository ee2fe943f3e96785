package community.cloudy.gossip.serf.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * All a node knows: exchanged over a stream when joining and now and then (specification A9).
 *
 * @param join whether the asker joins; the answer repeats it
 * @param nodes every node known, dead and left ones included
 * @param userState the state of the layer above: a {@link SerfPushPull}, or nothing
 * @param refused how many nodes of the peer's were left out because they break the rules of {@link
 *     PushPullNode}. One bad entry does not void the rest: stock agents pass such entries on for
 *     days, and refusing their whole state would cut us off from them
 */
public record PushPull(boolean join, List<PushPullNode> nodes, Bytes userState, int refused)
    implements Message {
  private static final Fields FIELDS = Fields.of("Nodes", "UserStateLen", "Join");

  /** Freezes the list. */
  public PushPull {
    Check.count("nodes", nodes.size(), Limits.NODES);
    Check.atMost("user state", userState, Limits.STREAM);
    nodes = List.copyOf(nodes);
  }

  /** Creates one to send. */
  public PushPull(boolean join, List<PushPullNode> nodes, Bytes userState) {
    this(join, nodes, userState, 0);
  }

  @Override
  public void write(MsgpackWriter out) {
    out.raw(MessageType.PUSH_PULL).map(3).key("Join").bool(join);
    out.key("Nodes").integer(nodes.size()).key("UserStateLen").integer(userState.length());
    for (PushPullNode node : nodes) {
      node.write(out);
    }
    out.raw(userState.array(), 0, userState.length());
  }

  static PushPull read(MsgpackReader in) throws WireException {
    Header header = Header.read(in);
    if ((long) header.nodes() * PushPullNode.LEAST + header.userState() > in.remaining()) {
      throw new WireException("push/pull is cut short");
    }
    List<PushPullNode> nodes = new ArrayList<>(header.nodes());
    for (int i = 0; i < header.nodes(); i++) {
      readNode(in, nodes);
    }
    return new PushPull(
        header.join(), nodes, in.raw(header.userState()), header.nodes() - nodes.size());
  }

  private static void readNode(MsgpackReader in, List<PushPullNode> nodes) throws WireException {
    int start = in.position();
    try {
      nodes.add(PushPullNode.read(in));
    } catch (IllegalArgumentException | WireException e) {
      in.seek(start);
      in.skip();
    }
  }

  /** The numbers in front. */
  record Header(int nodes, int userState, boolean join) {
    static Header read(MsgpackReader in) throws WireException {
      int nodes = 0;
      int userState = 0;
      boolean join = false;
      in.begin(FIELDS);
      for (int field = in.field(); field >= 0; field = in.field()) {
        switch (field) {
          case 0 -> nodes = (int) in.integer(0, Limits.NODES);
          case 1 -> userState = (int) in.integer(0, Limits.STREAM);
          default -> join = in.bool();
        }
      }
      return new Header(nodes, userState, join);
    }
  }
}
