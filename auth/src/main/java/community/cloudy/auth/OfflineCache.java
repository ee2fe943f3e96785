package community.cloudy.auth;

import community.cloudy.auth.AuthException.Code;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom the directory let in within the last days, so that they get in while no server of it can be
 * reached. An entry is written after a real success alone, holds a slow verifier from which no
 * password can be had, expires, and goes with the first rejection. The private file has one line
 * each:
 *
 * <pre>
 * name:login:display:role:since:verifier:units
 * maria:maria:Maria Puig:operator:20261124T101500Z:$argon2id$v=19$m=7168,t=5,p=1$...:cn=ops,o=x
 * </pre>
 *
 * <p>{@code name} is what was typed, {@code since} the time of the success. A line without a name
 * says for which directory and roles the entries hold and how far time had got: entries of another
 * directory or other roles are dropped, and a clock set back makes no entry live for ever.
 * Thread-safe.
 */
public final class OfflineCache {
  private static final Logger log = LoggerFactory.getLogger(OfflineCache.class);
  private static final int MAX_ENTRIES = 1000;
  private static final int MAX_UNITS = 3000;
  private static final Duration REFRESHED_EVERY = Duration.ofHours(1);

  private final LineFile file;
  private final String origin;
  private final Duration life;
  private final PasswordHash hash;
  private final byte[] processKey;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, byte[]> macs = new HashMap<>();
  private final Set<String> hashing = new HashSet<>();
  private HighWater clock;
  private Instant saved = Instant.EPOCH;

  private OfflineCache(
      LineFile file,
      String origin,
      Duration life,
      PasswordHash hash,
      InstantSource clock,
      SecureRandom random) {
    this.file = file;
    this.origin = origin;
    this.life = life;
    this.hash = hash;
    this.clock = new HighWater(clock);
    this.processKey = Opaque.key(random);
  }

  private record Entry(Person person, Set<String> units, Instant since, String verifier) {
    List<String> fields(String name) {
      return List.of(
          name,
          person.login(),
          person.display(),
          person.role().word(),
          LineFile.text(since),
          verifier,
          String.join("\n", units));
    }
  }

  /**
   * Reads {@code path}, which need not exist. Without a directory, or with {@link
   * LdapConfig#offlineDays} zero, deletes it and remembers nobody. A damaged file is forgotten with
   * a warning: it is a cache.
   *
   * @throws AuthException {@link Code#STORAGE} if it must be deleted and cannot be
   */
  public static OfflineCache open(
      Path path,
      Optional<LdapConfig> config,
      Roles roles,
      PasswordHash hash,
      InstantSource clock,
      SecureRandom random) {
    LineFile file =
        new LineFile(
            path, "the offline logins", "Cloudy: name:login:display:role:since:verifier:units", 7);
    String origin = config.map(ldap -> ldap.origin(roles)).orElse("");
    Duration life = Duration.ofDays(config.map(LdapConfig::offlineDays).orElse(0));
    OfflineCache cache = new OfflineCache(file, origin, life, hash, clock, random);
    if (life.isZero()) {
      file.delete();
    } else {
      cache.load(clock);
    }
    return cache;
  }

  private void load(InstantSource given) {
    try {
      boolean ours = false;
      for (List<String> fields : file.read()) {
        if (fields.get(0).isEmpty()) {
          ours = fields.get(1).equals(origin);
          clock = new HighWater(given, file.time(fields.get(4)), file.time(fields.get(5)));
        } else if (ours) {
          entries.put(fields.get(0), entry(fields));
        }
      }
    } catch (AuthException | IllegalArgumentException e) {
      entries.clear();
      log.warn("Offline logins are forgotten reason={}", e.getMessage());
    }
  }

  private Entry entry(List<String> fields) {
    Role role = file.role(fields.get(3));
    Person person = new Person(fields.get(1), fields.get(2), role, Person.Means.LDAP_OFFLINE);
    Set<String> units = fields.get(6).lines().collect(Collectors.toUnmodifiableSet());
    return new Entry(person, units, file.time(fields.get(4)), fields.get(5));
  }

  /** Returns how many people can log in offline. */
  public synchronized int size() {
    return entries.size();
  }

  /** Forgets everybody. */
  public synchronized void clear() {
    entries.clear();
    macs.clear();
    hashing.clear();
    save();
  }

  /**
   * Notes that the directory let somebody in just now, who typed {@code name}. The same password
   * again costs no slow hash within one process, and no write within an hour. Where the hasher is
   * busy nothing is remembered: the login counts, not the memory of it.
   */
  void remember(LoginName name, Verdict.Accepted accepted, Secret password) {
    if (life.isZero()) {
      return;
    }
    Person offline = accepted.person().with(Person.Means.LDAP_OFFLINE);
    Set<String> units = bounded(accepted.units());
    byte[] mac = Opaque.mac(processKey, name.text() + '\0' + password.revealText());
    if (refreshed(name.text(), offline, units, mac)) {
      return;
    }
    String verifier;
    try {
      verifier = hash.hash(password);
    } catch (AuthException e) {
      log.debug("Offline login is not remembered reason={}", e.getMessage());
      drop(name.text());
      return;
    }
    put(name.text(), new Entry(offline, units, clock.now(), verifier), mac);
  }

  /** Returns what of {@code units} there is room for in a line. */
  private static Set<String> bounded(Set<String> units) {
    Set<String> kept = new TreeSet<>();
    int room = MAX_UNITS;
    for (String unit : new TreeSet<>(units)) {
      room -= unit.length() + 1;
      if (room < 0) {
        break;
      }
      kept.add(unit);
    }
    return kept;
  }

  private synchronized boolean refreshed(
      String name, Person person, Set<String> units, byte[] mac) {
    Optional<Entry> entry = Optional.ofNullable(entries.get(name));
    byte[] known = macs.getOrDefault(name, new byte[0]);
    if (entry.isEmpty() || !MessageDigest.isEqual(mac, known)) {
      hashing.add(name);
      return false;
    }
    Instant now = clock.now();
    boolean old = Duration.between(entry.get().since(), now).compareTo(REFRESHED_EVERY) >= 0;
    boolean same = entry.get().person().equals(person) && entry.get().units().equals(units);
    if (old || !same) {
      entries.put(name, new Entry(person, units, now, entry.get().verifier()));
      save();
    }
    return true;
  }

  /** Puts an entry in, unless a rejection came while the password was hashed. */
  private synchronized void put(String name, Entry entry, byte[] mac) {
    if (!hashing.remove(name)) {
      return;
    }
    entries.put(name, entry);
    macs.put(name, mac);
    while (entries.size() > MAX_ENTRIES) {
      entries.entrySet().stream()
          .min((a, b) -> a.getValue().since().compareTo(b.getValue().since()))
          .ifPresent(oldest -> dropQuietly(oldest.getKey()));
    }
    save();
  }

  /**
   * Returns who {@code name} is, if the directory took this password not too long ago. Costs the
   * same work whether there is an entry or not. To be asked when no server can be reached only.
   *
   * @throws AuthException {@link Code#BUSY}
   */
  Optional<Verdict.Accepted> verify(LoginName name, Secret password) {
    Optional<Entry> entry = fresh(name.text());
    boolean right = hash.verify(password, entry.map(Entry::verifier).orElse(""));
    return entry
        .filter(found -> right)
        .map(found -> new Verdict.Accepted(found.person(), found.units()));
  }

  private synchronized Optional<Entry> fresh(String name) {
    Instant now = clock.now();
    Optional<Entry> entry = Optional.ofNullable(entries.get(name));
    if (entry.isPresent() && !now.isBefore(entry.get().since().plus(life))) {
      drop(name);
      return Optional.empty();
    }
    // How far time got must outlast a restart, though not every second of it.
    if (!entries.isEmpty() && Duration.between(saved, now).compareTo(REFRESHED_EVERY) >= 0) {
      save();
    }
    return entry;
  }

  /**
   * Forgets {@code name} and every other name the same person typed: the directory refused them.
   */
  synchronized void forget(LoginName name) {
    hashing.remove(name.text());
    Optional<Entry> entry = Optional.ofNullable(entries.get(name.text()));
    String login = entry.map(found -> found.person().login()).orElse(name.text());
    List<String> names =
        entries.entrySet().stream()
            .filter(other -> other.getValue().person().login().equals(login))
            .map(Map.Entry::getKey)
            .toList();
    names.forEach(this::dropQuietly);
    if (!names.isEmpty()) {
      save();
    }
  }

  private synchronized void drop(String name) {
    hashing.remove(name);
    if (dropQuietly(name)) {
      save();
    }
  }

  private boolean dropQuietly(String name) {
    macs.remove(name);
    return entries.remove(name) != null;
  }

  private void save() {
    saved = clock.now();
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("", origin, "", "", LineFile.text(saved), LineFile.text(clock.seen()), ""));
    entries.forEach((name, entry) -> lines.add(entry.fields(name)));
    try {
      file.write(lines);
    } catch (AuthException e) {
      log.error("Offline logins are not saved reason={}", e.getMessage());
    }
  }
}
