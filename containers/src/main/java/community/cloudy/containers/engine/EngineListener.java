package community.cloudy.containers.engine;

/**
 * Hears what happens at the engine, on the thread that reads its events: what takes long belongs
 * elsewhere.
 */
public interface EngineListener {
  /** Something happened. After a lost connection an event may be told twice, never out of order. */
  void event(EngineEvent event);

  /**
   * The engine can be reached, or no longer. When it can be again, events may have been lost in
   * between: whoever keeps a copy of anything reads it anew.
   */
  void status(EngineStatus status);
}
