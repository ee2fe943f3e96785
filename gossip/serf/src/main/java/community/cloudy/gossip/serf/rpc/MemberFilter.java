package community.cloudy.gossip.serf.rpc;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import community.cloudy.gossip.serf.Member;
import community.cloudy.gossip.serf.wire.WireException;
import java.util.HashMap;
import java.util.Map;

/** Which members a client wants: all expressions must match whole values (specification C3). */
final class MemberFilter {
  private final Map<String, Pattern> tags = new HashMap<>();
  private final Pattern status;
  private final Pattern name;

  /**
   * Creates one of a request's arguments; an empty status or name matches all.
   *
   * @throws WireException if an expression is not valid
   */
  MemberFilter(Body body) throws WireException {
    for (Map.Entry<String, String> tag : body.textMap("Tags").entrySet()) {
      tags.put(tag.getKey(), compile(tag.getValue()));
    }
    status = compile(orAny(body.text("Status")));
    name = compile(orAny(body.text("Name")));
  }

  private static String orAny(String expression) {
    return expression.isEmpty() ? "(?s).*" : expression;
  }

  private static Pattern compile(String expression) throws WireException {
    try {
      return Pattern.compile("^(?:" + expression + ")$");
    } catch (PatternSyntaxException e) {
      throw new WireException("not a regular expression: " + e.getDescription());
    }
  }

  boolean matches(Member member) {
    return status.matcher(member.status().text()).find()
        && name.matcher(member.name()).find()
        && tags.entrySet().stream()
            .allMatch(
                tag -> tag.getValue().matcher(member.tags().getOrDefault(tag.getKey(), "")).find());
  }
}
