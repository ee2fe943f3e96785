package community.cloudy.gossip.serf.wire;

import java.util.List;

/** One of the conditions a node must meet to be asked a query (specification B7). */
public sealed interface QueryFilter {
  /** Returns the type byte and the msgpack value. */
  Bytes encode();

  /**
   * The node is one of these.
   *
   * @param names of the nodes
   */
  record Nodes(List<Bytes> names) implements QueryFilter {
    private static final int TYPE = 0;

    /** Freezes the list. */
    public Nodes {
      names = List.copyOf(names);
    }

    @Override
    public Bytes encode() {
      MsgpackWriter out = MsgpackWriter.gossip().raw(TYPE).list(names.size());
      names.forEach(out::string);
      return out.toBytes();
    }
  }

  /**
   * The node's tag matches.
   *
   * @param name of the tag; a tag that is not set is the empty string
   * @param expression RE2, unanchored
   */
  record Tag(Bytes name, Bytes expression) implements QueryFilter {
    private static final int TYPE = 1;
    private static final Fields FIELDS = Fields.of("Tag", "Expr");

    @Override
    public Bytes encode() {
      MsgpackWriter out = MsgpackWriter.gossip().raw(TYPE).map(2);
      return out.key("Expr").string(expression).key("Tag").string(name).toBytes();
    }

    private static Tag read(MsgpackReader in) throws WireException {
      Bytes name = Bytes.EMPTY;
      Bytes expression = Bytes.EMPTY;
      in.begin(FIELDS);
      for (int field = in.field(); field >= 0; field = in.field()) {
        switch (field) {
          case 0 -> name = in.bytes(Limits.META);
          default -> expression = in.bytes(Limits.PAYLOAD);
        }
      }
      return new Tag(name, expression);
    }
  }

  /**
   * Reads a filter.
   *
   * @throws WireException if it is of another type or malformed
   */
  static QueryFilter decode(Bytes filter) throws WireException {
    if (filter.isEmpty()) {
      throw new WireException("query filter is empty");
    }
    MsgpackReader in = new MsgpackReader().reset(filter.array(), 1, filter.length() - 1);
    return switch (filter.at(0)) {
      case Nodes.TYPE -> new Nodes(in.list(Limits.NODES, Limits.NAME));
      case Tag.TYPE -> Tag.read(in);
      default -> throw new WireException("query filter type " + filter.at(0) + " is not known");
    };
  }
}
