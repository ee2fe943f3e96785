package community.cloudy.agent.cli;

/**
 * An event of a stream.
 *
 * @param id the last id that the stream has told; empty if none yet
 * @param type what the event is about
 * @param data empty if there was none: then this is only a sign of life, and of the id
 */
record ServerEvent(String id, String type, String data) {}
