package community.cloudy.gossip.discovery.health;

import community.cloudy.gossip.discovery.Health.State;

/**
 * What to believe after a series of results, so that one lost packet is no outage. From unknown,
 * one success is enough; otherwise it takes as many results of one kind in a row as the plan says.
 * Results that prove nothing count like failures: they make a service unknown.
 */
final class Thresholds {
  private final int down;
  private final int up;
  private State state = State.UNKNOWN;
  private State last = State.UNKNOWN;
  private int inRow;

  Thresholds(int down, int up) {
    this.down = down;
    this.up = up;
  }

  /** Takes a result and returns what is believed now. */
  State add(State result) {
    inRow = result == last ? inRow + 1 : 1;
    last = result;
    if (inRow >= needed(result)) {
      state = result;
    }
    return state;
  }

  private int needed(State result) {
    if (result != State.OK) {
      return down;
    }
    return state == State.UNKNOWN ? 1 : up;
  }

  /** Returns how many results like the last one came in a row. */
  int inRow() {
    return inRow;
  }

  /** Tells whether the last result is not what is believed. */
  boolean contradicted() {
    return last != state;
  }
}
