package community.cloudy.agent.config;

import community.cloudy.containers.engine.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the node runs containers.
 *
 * @param engine the engine's unix socket; empty means that this node runs none
 * @param registryCredentialsFile names and passwords for registries, as {@code docker login} writes
 *     them
 * @param limits of a container that asks for none
 * @param pruneAfter after which images that nothing uses are removed; empty means never
 * @param apps how it keeps apps and backups
 */
public record ContainersConfig(
    Optional<Path> engine,
    Optional<Path> registryCredentialsFile,
    Limits limits,
    Optional<Duration> pruneAfter,
    AppsConfig apps) {}
