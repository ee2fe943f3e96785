package community.cloudy.agent.modules;

import community.cloudy.agent.config.ModulesConfig.ModuleConfig;
import community.cloudy.services.spi.Descriptor;
import community.cloudy.services.spi.Status;
import java.time.Instant;
import java.util.Optional;

/**
 * How a module is.
 *
 * @param descriptor what it is
 * @param config how it is set; empty if the configuration does not name it
 * @param phase where it is in its life
 * @param status how its service is; why not, if it does not run
 * @param since when phase and health became so
 */
public record ModuleState(
    Descriptor descriptor,
    Optional<ModuleConfig> config,
    Phase phase,
    Status status,
    Instant since) {
  /** Where a module is in its life. */
  public enum Phase {
    /** The configuration does not want it. */
    DISABLED,
    /** Somebody has stopped it for now. */
    STOPPED,
    /** It could not start, and will try again. */
    WAITING,
    /** It is at work. */
    RUNNING
  }
}
