package community.cloudy.services.squid.conf;

import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list of the proxies that go together, as guifi.net's {@code federation} export gives it: one
 * {@code NUMBER-MODE} a line, the proxy's own first.
 *
 * @param own the number on the first line
 * @param modes by number, the own one too
 */
public record FederationList(int own, SortedMap<Integer, Mode> modes) {
  private static final Pattern LINE = Pattern.compile("([0-9]{1,8})-(private|in|out|inout)");
  private static final int MAX_LINES = 5000;

  /** How a proxy takes part. */
  public enum Mode {
    /** Its people stay at home and nobody else comes. */
    PRIVATE(false, false),
    /** Others may come. */
    IN(true, false),
    /** Its people may go to others. */
    OUT(false, true),
    /** Both. */
    INOUT(true, true);

    private final boolean takesOthers;
    private final boolean sendsOut;

    Mode(boolean takesOthers, boolean sendsOut) {
      this.takesOthers = takesOthers;
      this.sendsOut = sendsOut;
    }

    /** Tells whether people of other proxies may use this one. */
    public boolean takesOthers() {
      return takesOthers;
    }

    /** Tells whether its people may use others. */
    public boolean sendsOut() {
      return sendsOut;
    }
  }

  /** Copies the map. */
  public FederationList {
    modes = Collections.unmodifiableSortedMap(new TreeMap<>(modes));
  }

  /**
   * Reads a list.
   *
   * @throws IllegalArgumentException if a line is not of the form; nothing of it may be used then
   */
  public static FederationList parse(String text) {
    SortedMap<Integer, Mode> modes = new TreeMap<>();
    int own = -1;
    int number = 0;
    for (String line : text.lines().limit(MAX_LINES + 1L).toList()) {
      number++;
      Matcher matcher = LINE.matcher(line.strip());
      if (number > MAX_LINES) {
        throw new IllegalArgumentException("it has more than " + MAX_LINES + " lines");
      } else if (matcher.matches()) {
        int proxy = Integer.parseInt(matcher.group(1));
        modes.put(proxy, Mode.valueOf(matcher.group(2).toUpperCase(Locale.ROOT)));
        own = own < 0 ? proxy : own;
      } else if (!line.isBlank()) {
        throw new IllegalArgumentException(
            "line " + number + " is not like 1234-inout; modes are private, in, out and inout");
      }
    }
    if (own < 0) {
      throw new IllegalArgumentException("it is empty");
    }
    return new FederationList(own, modes);
  }

  /** Returns it as it is read. */
  public String text() {
    StringBuilder text = new StringBuilder(line(own));
    modes.keySet().stream().filter(proxy -> proxy != own).map(this::line).forEach(text::append);
    return text.toString();
  }

  private String line(int proxy) {
    Mode mode = modes.getOrDefault(proxy, Mode.PRIVATE);
    return proxy + "-" + mode.name().toLowerCase(Locale.ROOT) + "\n";
  }
}
