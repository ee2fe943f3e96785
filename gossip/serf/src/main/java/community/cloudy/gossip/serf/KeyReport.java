package community.cloudy.gossip.serf;

import java.util.Map;

/**
 * What the members say to a change or list of encryption keys (specification B8, C3).
 *
 * @param nodes how many were asked
 * @param responses how many answered
 * @param errors how many of those failed
 * @param messages what members had to say, by name
 * @param keys for a list, how many members have each key, by the key in base64
 * @param primaryKeys for a list, how many members encrypt with each key, by the key in base64
 */
public record KeyReport(
    int nodes,
    int responses,
    int errors,
    Map<String, String> messages,
    Map<String, Integer> keys,
    Map<String, Integer> primaryKeys) {
  /** Copies the maps. */
  public KeyReport {
    messages = Map.copyOf(messages);
    keys = Map.copyOf(keys);
    primaryKeys = Map.copyOf(primaryKeys);
  }

  /** Tells whether every member asked has done it. */
  public boolean complete() {
    return responses == nodes && errors == 0;
  }

  /** Returns what went wrong in Serf's words, or nothing. */
  public String error() {
    if (errors > 0) {
      return errors + "/" + nodes + " nodes reported failure";
    }
    return responses == nodes ? "" : responses + "/" + nodes + " nodes reported success";
  }
}
