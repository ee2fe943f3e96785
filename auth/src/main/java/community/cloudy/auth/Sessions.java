package community.cloudy.auth;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is logged in. A session is known by 256 random bits that its owner alone holds; here stands
 * their SHA-256. Sessions live in memory, and in a private file only from an orderly end to the
 * next start: after a crash people log in again, and none that was ended comes back. Thread-safe.
 */
public final class Sessions implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Sessions.class);

  private final LineFile file;
  private final Limits limits;
  private final HighWater clock;
  private final SecureRandom random;
  private final Map<String, Session> sessions = new LinkedHashMap<>();

  private Sessions(LineFile file, Limits limits, InstantSource clock, SecureRandom random) {
    this.file = file;
    this.limits = limits;
    this.clock = new HighWater(clock);
    this.random = random;
  }

  /**
   * Starts with those whom {@link #close} has written to {@code path}, if anything, and deletes it.
   */
  public static Sessions open(Path path, Limits limits, InstantSource clock, SecureRandom random) {
    String header = "Cloudy: sha256:login:display:role:means:from:opened:used";
    LineFile file = new LineFile(path, "the sessions", header, 8);
    Sessions sessions = new Sessions(file, limits, clock, random);
    try {
      file.read().forEach(fields -> sessions.resume(file, fields));
    } catch (AuthException | IllegalArgumentException e) {
      log.warn("People have to log in again reason={}", e.getMessage());
    }
    file.delete();
    return sessions;
  }

  private void resume(LineFile file, List<String> fields) {
    Person.Means means =
        Arrays.stream(Person.Means.values())
            .filter(known -> known.name().equals(fields.get(4)))
            .findFirst()
            .orElseThrow(() -> file.damaged(fields.get(4) + " is no means"));
    Person person = new Person(fields.get(1), fields.get(2), file.role(fields.get(3)), means);
    sessions.put(
        fields.get(0),
        new Session(person, fields.get(5), file.time(fields.get(6)), file.time(fields.get(7))));
  }

  /** Writes down who is logged in, for the next start. */
  @Override
  public synchronized void close() {
    purge(clock.now());
    if (!sessions.isEmpty()) {
      file.write(sessions.entrySet().stream().map(Sessions::fields).toList());
    }
  }

  private static List<String> fields(Map.Entry<String, Session> entry) {
    Session session = entry.getValue();
    Person person = session.person();
    return List.of(
        entry.getKey(),
        person.login(),
        person.display(),
        person.role().word(),
        person.means().name(),
        session.from(),
        LineFile.text(session.opened()),
        LineFile.text(session.used()));
  }

  /**
   * How long and how many.
   *
   * @param idle a session ends when it is not used for this long
   * @param absolute a session ends after this long, used or not
   * @param perPerson one more ends the person's least recently used one
   * @param total one more ends the least recently used one of all
   */
  public record Limits(Duration idle, Duration absolute, int perPerson, int total) {
    /** An hour idle, twelve in all, ten a person, a thousand together. */
    public static final Limits DEFAULT =
        new Limits(Duration.ofHours(1), Duration.ofHours(12), 10, 1000);

    /** Checks that a session can be. */
    public Limits {
      if (idle.isNegative() || idle.isZero() || absolute.compareTo(idle) < 0) {
        throw new IllegalArgumentException(
            "a session's idle time must be more than nothing and at most its absolute time");
      }
      if (perPerson < 1 || total < perPerson) {
        throw new IllegalArgumentException("there must be room for one session at least");
      }
    }
  }

  /**
   * A session, without what it is known by.
   *
   * @param person who; {@link Person#means} tells whether they logged in offline
   * @param from where they logged in from, as the caller of {@link #open} said
   * @param opened when
   * @param used when last
   */
  public record Session(Person person, String from, Instant opened, Instant used) {}

  /**
   * What the owner of a new session is given.
   *
   * @param id for a cookie that scripts cannot read
   * @param csrf for a page to send along with every change; see {@link #csrf}
   */
  public record Opened(Secret id, String csrf) {}

  /** Logs {@code person} in. */
  public synchronized Opened open(Person person, String from) {
    Instant now = clock.now();
    purge(now);
    makeRoom(session -> session.person().login().equals(person.login()), limits.perPerson());
    makeRoom(session -> true, limits.total());
    Secret id = Opaque.next("", random);
    sessions.put(key(id), new Session(person, Text.bounded(from, 64), now, now));
    return new Opened(id, csrf(id));
  }

  /** Returns the session known by {@code id}, and notes that it was used. */
  public synchronized Optional<Session> find(Secret id) {
    Instant now = clock.now();
    purge(now);
    return Optional.ofNullable(
        sessions.computeIfPresent(
            key(id), (k, old) -> new Session(old.person(), old.from(), old.opened(), now)));
  }

  /** Tells whether there is such a session still; that is no use of it. */
  public synchronized boolean isOpen(Secret id) {
    purge(clock.now());
    return sessions.containsKey(key(id));
  }

  /** Ends one session; tells whether there was one. */
  public synchronized boolean close(Secret id) {
    return sessions.remove(key(id)) != null;
  }

  /** Ends all sessions of {@code login}; returns how many. */
  public int closeAll(String login) {
    return close(session -> session.person().login().equals(login));
  }

  /** Ends all sessions that {@code which} holds for; returns how many. */
  public synchronized int close(Predicate<Session> which) {
    int before = sessions.size();
    sessions.values().removeIf(which);
    return before - sessions.size();
  }

  /** Returns the sessions there are, the oldest first. */
  public synchronized List<Session> list() {
    purge(clock.now());
    return new ArrayList<>(sessions.values());
  }

  /**
   * Returns the token that proves that a request was made by a page of ours: another site can make
   * a browser send the cookie, but can read neither it nor this.
   */
  public static String csrf(Secret id) {
    byte[] mac = Opaque.mac(id.reveal(), "cloudy csrf");
    return Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
  }

  /** Tells whether {@code token} is {@link #csrf} of {@code id}, in constant time. */
  public static boolean csrfMatches(Secret id, String token) {
    return Secret.of(csrf(id)).equals(Secret.of(token));
  }

  private static String key(Secret id) {
    return HexFormat.of().formatHex(Opaque.digest(id));
  }

  private void purge(Instant now) {
    sessions
        .values()
        .removeIf(
            session ->
                !now.isBefore(session.used().plus(limits.idle()))
                    || !now.isBefore(session.opened().plus(limits.absolute())));
  }

  private void makeRoom(Predicate<Session> among, int most) {
    List<Map.Entry<String, Session>> there =
        sessions.entrySet().stream().filter(entry -> among.test(entry.getValue())).toList();
    if (there.size() >= most) {
      there.stream()
          .min(Comparator.comparing(entry -> entry.getValue().used()))
          .ifPresent(oldest -> sessions.remove(oldest.getKey()));
    }
  }
}
