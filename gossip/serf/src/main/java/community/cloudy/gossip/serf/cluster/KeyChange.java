package community.cloudy.gossip.serf.cluster;

import java.util.Locale;

/** What members can be asked to do with an encryption key (specification B8). */
public enum KeyChange {
  /** Add it, to decrypt with. */
  INSTALL,
  /** Encrypt with it from now on. */
  USE,
  /** Forget it. */
  REMOVE;

  String query() {
    return Queries.INTERNAL + name().toLowerCase(Locale.ROOT) + Keys.SUFFIX;
  }
}
