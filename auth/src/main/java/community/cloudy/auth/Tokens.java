package community.cloudy.auth;

import community.cloudy.auth.AuthException.Code;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Long-lived credentials for scripts. A token is {@code cloudy_} and 256 random bits, shown once;
 * its SHA-256 is kept in a private file of one line each:
 *
 * <pre>
 * owner:name:role:created:expires:used:sha256
 * maria:backup:viewer:20261124T101500Z:20270222T101500Z:20261124T110000Z:5f0c...
 * </pre>
 *
 * <p>{@code used} is empty until it is, and at most a minute behind. A token never grants more than
 * its role, whatever its owner has become. Thread-safe.
 */
public final class Tokens {
  private static final Logger log = LoggerFactory.getLogger(Tokens.class);
  private static final String PREFIX = "cloudy_";
  private static final int LENGTH = PREFIX.length() + 43;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Duration DEFAULT_LIFE = Duration.ofDays(90);
  private static final Duration LONGEST_LIFE = Duration.ofDays(366);
  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);
  private static final int PER_OWNER = 20;
  private static final int TOTAL = 256;

  private final LineFile file;
  private final HighWater clock;
  private final SecureRandom random;
  private final List<Entry> entries;

  private Tokens(LineFile file, List<Entry> entries, InstantSource clock, SecureRandom random) {
    this.file = file;
    this.entries = entries;
    this.random = random;
    // The clock cannot be earlier than what is known to have happened.
    Instant latest =
        entries.stream()
            .map(entry -> entry.token().used().orElse(entry.token().created()))
            .max(Instant::compareTo)
            .orElse(Instant.EPOCH);
    this.clock = new HighWater(clock, latest, latest);
  }

  /**
   * A token, without what it is known by.
   *
   * @param owner the login of who made it
   * @param name what it is for; unique among its owner's
   * @param role the most it grants
   * @param created when
   * @param expires from when on it grants nothing
   * @param used when last, to the minute
   */
  public record Token(
      String owner,
      String name,
      Role role,
      Instant created,
      Instant expires,
      Optional<Instant> used) {
    /** Returns who acts by this token. */
    public Person person() {
      return new Person(owner, owner, role, Person.Means.TOKEN);
    }

    private boolean is(String ofOwner, String named) {
      return owner.equals(ofOwner) && name.equals(named);
    }
  }

  private record Entry(Token token, String digest) {
    byte[] digestBytes() {
      return HexFormat.of().parseHex(digest);
    }

    Entry usedAt(Instant time) {
      return new Entry(
          new Token(
              token.owner(),
              token.name(),
              token.role(),
              token.created(),
              token.expires(),
              Optional.of(time)),
          digest);
    }

    List<String> fields() {
      return List.of(
          token.owner(),
          token.name(),
          token.role().word(),
          LineFile.text(token.created()),
          LineFile.text(token.expires()),
          token.used().map(LineFile::text).orElse(""),
          digest);
    }
  }

  /**
   * Reads {@code path}, which need not exist.
   *
   * @throws AuthException {@link Code#STORAGE} if it cannot be read or is damaged
   */
  public static Tokens open(Path path, InstantSource clock, SecureRandom random) {
    String header = "Cloudy: owner:name:role:created:expires:used:sha256";
    LineFile file = new LineFile(path, "the tokens", header, 7);
    List<Entry> entries = new ArrayList<>();
    file.read().forEach(fields -> entries.add(entry(file, fields)));
    return new Tokens(file, entries, clock, random);
  }

  private static Entry entry(LineFile file, List<String> fields) {
    if (!fields.get(6).matches("[0-9a-f]{64}")) {
      throw file.damaged("the digest of " + fields.get(1) + " is not 64 hexadecimal digits");
    }
    String used = fields.get(5);
    return new Entry(
        new Token(
            fields.get(0),
            fields.get(1),
            file.role(fields.get(2)),
            file.time(fields.get(3)),
            file.time(fields.get(4)),
            used.isEmpty() ? Optional.empty() : Optional.of(file.time(used))),
        fields.get(6));
  }

  /**
   * Makes a token for {@code owner}, who must have proved just now who they are: neither by another
   * token nor offline.
   *
   * @param name what it is for: letters, digits, dots, dashes and underscores
   * @param role at most the owner's own
   * @param life until it expires, at most 366 days; empty means 90
   * @return the token, which is not kept and must be shown now
   * @throws AuthException {@link Code#INVALID}, {@link Code#EXISTS}, {@link Code#REFUSED}, {@link
   *     Code#FULL} or {@link Code#STORAGE}
   */
  public synchronized Secret create(Person owner, String name, Role role, Optional<Duration> life) {
    Duration lasting = life.orElse(DEFAULT_LIFE);
    check(owner, name, role, lasting);
    // To the second, as the file has it.
    Instant now = Instant.ofEpochSecond(clock.now().getEpochSecond());
    entries.removeIf(entry -> !now.isBefore(entry.token().expires()));
    checkRoom(owner.login(), name);
    Secret secret = Opaque.next(PREFIX, random);
    Token token = new Token(owner.login(), name, role, now, now.plus(lasting), Optional.empty());
    Entry entry = new Entry(token, HexFormat.of().formatHex(Opaque.digest(secret)));
    entries.add(entry);
    try {
      save();
    } catch (AuthException e) {
      entries.remove(entry);
      throw e;
    }
    return secret;
  }

  /** Returns the token {@code secret} is, if there is one and it has not expired. */
  public synchronized Optional<Token> verify(Secret secret) {
    if (secret.length() != LENGTH) {
      return Optional.empty();
    }
    byte[] digest = Opaque.digest(secret);
    int found = -1;
    // All are compared, so that the time does not tell which.
    for (int i = 0; i < entries.size(); i++) {
      if (MessageDigest.isEqual(digest, entries.get(i).digestBytes())) {
        found = i;
      }
    }
    Instant now = clock.now();
    if (found < 0 || !now.isBefore(entries.get(found).token().expires())) {
      return Optional.empty();
    }
    noteUse(found, now);
    return Optional.of(entries.get(found).token());
  }

  /** Returns the tokens there are, expired ones too, in the order they were made. */
  public synchronized List<Token> list() {
    return entries.stream().map(Entry::token).toList();
  }

  /**
   * Ends a token.
   *
   * @throws AuthException {@link Code#NOT_FOUND} or {@link Code#STORAGE}
   */
  public void revoke(String owner, String name) {
    if (revoke(token -> token.is(owner, name)) == 0) {
      throw new AuthException(
          Code.NOT_FOUND, "Could not revoke the token: there is no such one. List the tokens.");
    }
  }

  /**
   * Ends all tokens of {@code owner}; returns how many.
   *
   * @throws AuthException {@link Code#STORAGE}
   */
  public int revokeAll(String owner) {
    return revoke(token -> token.owner().equals(owner));
  }

  private synchronized int revoke(Predicate<Token> which) {
    int before = entries.size();
    entries.removeIf(entry -> which.test(entry.token()));
    if (entries.size() < before) {
      save();
    }
    return before - entries.size();
  }

  private static void check(Person owner, String name, Role role, Duration life) {
    if (!NAME.matcher(name).matches()) {
      throw refused(
          Code.INVALID,
          "a name is 1 to 64 letters, digits, dots, dashes or underscores",
          "Choose another name");
    }
    if (life.isNegative() || life.isZero() || life.compareTo(LONGEST_LIFE) > 0) {
      throw refused(Code.INVALID, "it may live for 366 days at most", "Choose a shorter life");
    }
    if (!owner.role().includes(role)) {
      throw refused(
          Code.REFUSED,
          "you are " + owner.role().word() + ", not " + role.word(),
          "Choose a lower role");
    }
    if (owner.means() == Person.Means.TOKEN || owner.means() == Person.Means.LDAP_OFFLINE) {
      throw refused(
          Code.REFUSED,
          "it takes a password that was checked just now",
          "Log in again, while the directory answers");
    }
  }

  private void checkRoom(String owner, String name) {
    if (entries.stream().anyMatch(entry -> entry.token().is(owner, name))) {
      throw refused(Code.EXISTS, "there is a token " + name, "Revoke it, or choose another name");
    }
    long own = entries.stream().filter(entry -> entry.token().owner().equals(owner)).count();
    if (own >= PER_OWNER || entries.size() >= TOTAL) {
      throw refused(Code.FULL, "there are too many", "Revoke one that is not used");
    }
  }

  private static AuthException refused(Code code, String reason, String remedy) {
    return new AuthException(code, "Could not make the token: %s. %s.".formatted(reason, remedy));
  }

  private void noteUse(int index, Instant now) {
    Entry entry = entries.get(index);
    Instant noted = entry.token().used().orElse(Instant.EPOCH);
    if (Duration.between(noted, now).compareTo(NOTED_EVERY) < 0) {
      return;
    }
    entries.set(index, entry.usedAt(now));
    try {
      save();
    } catch (AuthException e) {
      log.warn(
          "Could not note a token's use owner={} reason={}", entry.token().owner(), e.getMessage());
    }
  }

  private void save() {
    file.write(entries.stream().map(Entry::fields).toList());
  }
}
