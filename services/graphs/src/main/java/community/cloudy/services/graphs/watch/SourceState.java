package community.cloudy.services.graphs.watch;

import java.time.Instant;
import java.util.Optional;

/**
 * How a source of devices is.
 *
 * @param name {@code devices}, {@code cnml}, {@code csv} or {@code community}
 * @param devices how many of its devices are known
 * @param skipped how many of them cannot be used
 * @param read when it was last seen to be as it is known; empty if not since the agent began
 * @param problem why it could not be read when it was last tried; empty if it could
 */
public record SourceState(
    String name, int devices, int skipped, Optional<Instant> read, Optional<String> problem) {}
