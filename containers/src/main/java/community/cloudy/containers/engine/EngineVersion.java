package community.cloudy.containers.engine;

/**
 * What an engine says it is.
 *
 * @param engine its version: {@code 20.10.24}
 * @param api the version of its API that is spoken: neither newer nor older than it offers
 * @param system operating system and architecture: {@code linux/amd64}
 * @param kernel the node's
 */
public record EngineVersion(String engine, String api, String system, String kernel) {}
