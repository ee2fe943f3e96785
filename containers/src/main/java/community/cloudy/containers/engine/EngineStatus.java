package community.cloudy.containers.engine;

import java.time.Instant;

/** Whether the engine can be used, with the reason if not. */
public sealed interface EngineStatus {
  /** Returns since when it is so. */
  Instant since();

  /**
   * The engine answers.
   *
   * @param since since when
   * @param version what it says it is
   */
  record Ok(Instant since, EngineVersion version) implements EngineStatus {}

  /**
   * It does not: what its containers do is unknown.
   *
   * @param since since when
   * @param code how it failed
   * @param reason why, and what to do: for people
   */
  record Unknown(Instant since, EngineException.Code code, String reason) implements EngineStatus {}
}
