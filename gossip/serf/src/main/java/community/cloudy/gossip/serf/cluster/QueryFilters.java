package community.cloudy.gossip.serf.cluster;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import community.cloudy.gossip.serf.QueryRequest;
import community.cloudy.gossip.serf.SerfException;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.QueryFilter;
import community.cloudy.gossip.serf.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Says who a query asks (specification B7). Expressions are RE2, so matching is always quick. */
final class QueryFilters {
  private QueryFilters() {}

  /**
   * Returns the filters of a request.
   *
   * @throws SerfException if an expression is not valid
   */
  static List<Bytes> encode(QueryRequest request) {
    List<Bytes> filters = new ArrayList<>();
    if (!request.nodes().isEmpty()) {
      filters.add(
          new QueryFilter.Nodes(request.nodes().stream().map(Bytes::utf8).toList()).encode());
    }
    request
        .tags()
        .forEach(
            (tag, expression) -> {
              compile(expression);
              filters.add(new QueryFilter.Tag(Bytes.utf8(tag), Bytes.utf8(expression)).encode());
            });
    return filters;
  }

  private static void compile(String expression) {
    try {
      Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw new SerfException(
          SerfException.Code.INVALID,
          "Could not use tag filter \"" + expression + "\": " + e.getDescription() + ".",
          e);
    }
  }

  /** Tells whether a node is asked; filters that make no sense ask nobody. */
  static boolean pass(List<Bytes> filters, Bytes name, SortedMap<Bytes, Bytes> tags) {
    try {
      for (Bytes filter : filters) {
        if (!passes(QueryFilter.decode(filter), name, tags)) {
          return false;
        }
      }
      return true;
    } catch (WireException | PatternSyntaxException e) {
      return false;
    }
  }

  private static boolean passes(QueryFilter filter, Bytes name, SortedMap<Bytes, Bytes> tags) {
    if (filter instanceof QueryFilter.Nodes nodes) {
      return nodes.names().contains(name);
    }
    QueryFilter.Tag tag = (QueryFilter.Tag) filter;
    String value = tags.getOrDefault(tag.name(), Bytes.EMPTY).utf8();
    return Pattern.compile(tag.expression().utf8()).matcher(value).find();
  }
}
