package community.cloudy.services.graphs.store;

import java.util.Optional;

/**
 * What a call of {@link Store#write} did.
 *
 * @param updates readings taken into a file
 * @param late readings that were not after the last of their file, and were left out
 * @param created files begun
 * @param failed readings that could not be written
 * @param bytes written to files
 * @param problem what went wrong first, and what to do; empty if nothing did
 */
public record Written(
    int updates, int late, int created, int failed, long bytes, Optional<String> problem) {}
