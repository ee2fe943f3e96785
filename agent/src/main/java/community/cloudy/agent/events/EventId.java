package community.cloudy.agent.events;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the log: after the event that has this id. It means something to the agent process
 * that gave it, and to no other.
 *
 * @param boot tells one run of the agent from another, 8 hexadecimal digits
 * @param number counts this run's events from 1; 0 is before the first
 */
public record EventId(String boot, long number) {
  private static final Pattern FORM = Pattern.compile("([0-9a-f]{8})-([0-9]{1,18})");

  /** Checks the number. */
  public EventId {
    if (number < 0) {
      throw new IllegalArgumentException("an event's number is negative: " + number);
    }
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if this is something else
   */
  public static EventId parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("must be an id that this API gave");
    }
    return new EventId(parts.group(1), Long.parseLong(parts.group(2)));
  }

  @Override
  public String toString() {
    return boot + "-" + number;
  }
}
