package community.cloudy.gossip.serf;

import community.cloudy.gossip.serf.wire.Bytes;

/** Hears the answers to one query, on Serf's event loop: it must return at once. */
public interface QueryListener {
  /** {@code from} has the question. */
  void acknowledged(String from);

  /** {@code from} answers, at most once. */
  void answered(String from, Bytes payload);

  /** The time is over; nothing follows. */
  void finished();
}
