package community.cloudy.gossip.serf.cluster;

import java.util.List;

/**
 * What became of contacting a list of addresses.
 *
 * @param reached how many answered
 * @param failures why the others did not, for people
 */
public record JoinOutcome(int reached, List<String> failures) {
  /** Copies the list. */
  public JoinOutcome {
    failures = List.copyOf(failures);
  }
}
