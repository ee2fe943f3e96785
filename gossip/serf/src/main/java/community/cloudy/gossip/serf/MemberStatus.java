package community.cloudy.gossip.serf;

import java.util.Locale;

/** What the community believes of a member. */
public enum MemberStatus {
  /** Answers probes. */
  ALIVE,
  /** Has said it will leave. */
  LEAVING,
  /** Has left on purpose. */
  LEFT,
  /** Stopped answering without having said so. */
  FAILED;

  /** Returns Serf's word for it, in lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
