package community.cloudy.agent.events;

/**
 * Something that happened.
 *
 * @param id its place in the log
 * @param type what it is about
 * @param json the whole of it, as the API tells it: a JSON object on one line
 */
public record Event(EventId id, EventType type, String json) {}
