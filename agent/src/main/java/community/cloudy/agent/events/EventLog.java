package community.cloudy.agent.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/**
 * The last events of this run of the agent. Every part of the agent publishes here, from any
 * thread; whoever follows reads on from the place it had reached, so that nobody is waited for and
 * nothing is kept for anybody.
 */
public final class EventLog {
  /** How many events are kept at most; fewer, where some are unusually long. */
  public static final int KEPT = 1_000;

  private static final int KEPT_CHARACTERS = 1 << 20;
  private static final int MAX_CHARACTERS = KEPT_CHARACTERS / 2;

  private final InstantSource clock;
  private final String boot;
  private final NavigableMap<Long, Event> kept = new TreeMap<>();
  private final Map<String, Long> newest = new HashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private long first;
  private long last;
  private int characters;

  /**
   * Creates an empty one.
   *
   * @param random makes this run's ids differ from those of another
   */
  public EventLog(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    boot = HexFormat.of().toHexDigits(random.nextInt());
  }

  /**
   * What stands after a place in the log.
   *
   * @param gap whether events between that place and {@link #from} are gone
   * @param from the place that was asked for or, if there is a gap, where it ends
   * @param events those that are wanted, in order
   * @param next the place up to which events were looked at
   */
  public record Batch(boolean gap, EventId from, List<Event> events, EventId next) {
    /** Copies the events. */
    public Batch {
      events = List.copyOf(events);
    }
  }

  /**
   * Adds an event; returns at once.
   *
   * @param data the details: fields in the words of the API, at most half a MiB of them
   * @throws IllegalArgumentException if they are longer
   */
  public void publish(EventType type, ObjectNode data) {
    synchronized (this) {
      add(type, data);
    }
    listeners.forEach(Runnable::run);
  }

  /**
   * Adds an event that says all that earlier ones about the same thing said, which are kept no
   * longer: what changes all the time must not push out what happens once.
   *
   * @param about the thing, one of few
   */
  public void publishNewest(EventType type, String about, ObjectNode data) {
    synchronized (this) {
      Optional.ofNullable(newest.put(type.text() + " " + about, last + 1))
          .map(kept::remove)
          .ifPresent(event -> characters -= event.json().length());
      add(type, data);
    }
    listeners.forEach(Runnable::run);
  }

  private void add(EventType type, ObjectNode data) {
    EventId id = new EventId(boot, last + 1);
    ObjectNode json = Json.object().put("id", id.toString());
    json.put("time", clock.instant().toString()).put("type", type.text());
    json.set("data", data);
    Event event = new Event(id, type, new String(Json.write(json), StandardCharsets.UTF_8));
    int length = event.json().length();
    if (length > MAX_CHARACTERS) {
      throw new IllegalArgumentException(
          "a " + event.type().text() + " event of " + length + " characters is too long");
    }
    while (kept.size() == KEPT || characters + length > KEPT_CHARACTERS) {
      Map.Entry<Long, Event> oldest = kept.pollFirstEntry();
      first = oldest.getKey();
      characters -= oldest.getValue().json().length();
    }
    last++;
    kept.put(last, event);
    characters += length;
  }

  /** Calls {@code listener} after every event, on the thread that publishes: it returns at once. */
  public void onPublish(Runnable listener) {
    listeners.add(listener);
  }

  /** Returns the place after the newest event. */
  public synchronized EventId last() {
    return new EventId(boot, last);
  }

  /** Returns the place before the oldest event that is kept. */
  public synchronized EventId first() {
    return new EventId(boot, first);
  }

  /**
   * Reads on.
   *
   * @param place where to begin; one this run did not give is before a gap
   * @param types those that are wanted; none means all
   * @param limit at most so many events
   */
  public synchronized Batch after(EventId place, Set<EventType> types, int limit) {
    boolean known = place.boot().equals(boot) && place.number() >= first && place.number() <= last;
    EventId from = known ? place : new EventId(boot, first);
    List<Event> events = new ArrayList<>();
    for (Event event : kept.tailMap(from.number(), false).values()) {
      if (types.isEmpty() || types.contains(event.type())) {
        events.add(event);
        if (events.size() == limit) {
          return new Batch(!known, from, events, event.id());
        }
      }
    }
    return new Batch(!known, from, events, new EventId(boot, last));
  }
}
