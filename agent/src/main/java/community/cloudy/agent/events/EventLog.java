package community.cloudy.agent.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
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
  private static final Event NONE = new Event(new EventId("", 0), EventType.USER, "");

  private final InstantSource clock;
  private final String boot;
  private final Event[] ring = new Event[KEPT];
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
    Arrays.fill(ring, NONE);
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
    String time = clock.instant().toString();
    synchronized (this) {
      EventId id = new EventId(boot, last + 1);
      ObjectNode event =
          Json.object().put("id", id.toString()).put("time", time).put("type", type.text());
      event.set("data", data);
      add(new Event(id, type, new String(Json.write(event), StandardCharsets.UTF_8)));
    }
    listeners.forEach(Runnable::run);
  }

  private void add(Event event) {
    int length = event.json().length();
    if (length > MAX_CHARACTERS) {
      throw new IllegalArgumentException(
          "a " + event.type().text() + " event of " + length + " characters is too long");
    }
    while (last - first == KEPT || characters + length > KEPT_CHARACTERS) {
      first++;
      characters -= ring[index(first)].json().length();
      ring[index(first)] = NONE;
    }
    last++;
    ring[index(last)] = event;
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
    long number = from.number();
    while (number < last && events.size() < limit) {
      number++;
      Event event = ring[index(number)];
      if (types.isEmpty() || types.contains(event.type())) {
        events.add(event);
      }
    }
    return new Batch(!known, from, events, new EventId(boot, number));
  }

  private static int index(long number) {
    return (int) (number % KEPT);
  }
}
