package community.cloudy.auth;

import community.cloudy.auth.AuthException.Code;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The people a node knows by itself, without a directory. They are kept in a private file of one
 * line each:
 *
 * <pre>
 * name:role:state:created:verifier
 * maria:admin:active:20261124T101500Z:$argon2id$v=19$m=7168,t=5,p=1$...
 * </pre>
 *
 * <p>{@code role} is {@code viewer}, {@code operator} or {@code admin}, {@code state} is {@code
 * active} or {@code locked}. At least one active admin remains, whatever is removed or locked.
 * Thread-safe.
 */
public final class LocalUsers {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{0,31}");
  private static final int MAX_USERS = 1000;
  private static final int MIN_PASSWORD = 10;
  private static final int MAX_PASSWORD_BYTES = 1024;
  private static final String FIRST = "admin";
  private static final String ACTIVE = "active";
  private static final String LOCKED = "locked";

  private final LineFile file;
  private final PasswordHash hash;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Map<String, Entry> users = new TreeMap<>();

  private LocalUsers(LineFile file, PasswordHash hash, InstantSource clock, SecureRandom random) {
    this.file = file;
    this.hash = hash;
    this.clock = clock;
    this.random = random;
  }

  /**
   * A local user, without what verifies the password.
   *
   * @param name by which they log in
   * @param role what they may do
   * @param locked whether they may not log in
   * @param created when they were added
   */
  public record LocalUser(String name, Role role, boolean locked, Instant created) {
    private boolean isActiveAdmin() {
      return role == Role.ADMIN && !locked;
    }
  }

  private record Entry(LocalUser user, String verifier) {
    Entry locked(boolean locked) {
      return new Entry(new LocalUser(user.name(), user.role(), locked, user.created()), verifier);
    }

    List<String> fields() {
      return List.of(
          user.name(),
          user.role().word(),
          user.locked() ? LOCKED : ACTIVE,
          LineFile.text(user.created()),
          verifier);
    }
  }

  /**
   * Reads {@code path}, which need not exist.
   *
   * @throws AuthException {@link Code#STORAGE} if it cannot be read or is damaged
   */
  public static LocalUsers open(
      Path path, PasswordHash hash, InstantSource clock, SecureRandom random) {
    LineFile file =
        new LineFile(path, "the local users", "Cloudy: name:role:state:created:verifier", 5);
    LocalUsers users = new LocalUsers(file, hash, clock, random);
    file.read().forEach(users::read);
    return users;
  }

  private void read(List<String> fields) {
    String name = fields.get(0);
    boolean locked = fields.get(2).equals(LOCKED);
    if (!NAME.matcher(name).matches() || (!locked && !fields.get(2).equals(ACTIVE))) {
      throw file.damaged(name + " is no user's name, or neither active nor locked");
    }
    LocalUser user =
        new LocalUser(name, file.role(fields.get(1)), locked, file.time(fields.get(3)));
    users.put(name, new Entry(user, fields.get(4)));
  }

  /**
   * Makes the user {@code admin} where there has never been a user file.
   *
   * @return the password, which is not kept and must be shown to root now; empty if there are users
   */
  public synchronized Optional<Secret> firstAdmin() {
    if (file.exists()) {
      return Optional.empty();
    }
    Secret password = Secret.of(Passphrase.next(random));
    users.put(FIRST, entry(FIRST, Role.ADMIN, hash.hash(password)));
    save();
    return Optional.of(password);
  }

  /** Returns everybody, by name. */
  public synchronized List<LocalUser> list() {
    return users.values().stream().map(Entry::user).toList();
  }

  /**
   * Adds a user.
   *
   * @param name a letter and up to 31 letters, digits, dots, dashes or underscores, in lower case
   * @param password at least 10 characters, at most 1,024 bytes
   * @throws AuthException {@link Code#INVALID}, {@link Code#EXISTS}, {@link Code#FULL}, {@link
   *     Code#BUSY} or {@link Code#STORAGE}
   */
  public void add(String name, Role role, Secret password) {
    if (!NAME.matcher(name).matches()) {
      throw new AuthException(
          Code.INVALID,
          "Could not add the user: a name is a letter and up to 31 letters, digits, dots, dashes or"
              + " underscores, all in lower case. Choose another name.");
    }
    checkPassword(password);
    String verifier = hash.hash(password);
    synchronized (this) {
      if (users.containsKey(name)) {
        throw new AuthException(
            Code.EXISTS,
            "Could not add %s: there is such a user. Choose another name.".formatted(name));
      }
      if (users.size() >= MAX_USERS) {
        throw new AuthException(
            Code.FULL,
            "Could not add %s: there are %d users, which is the most. Remove one, or use a directory."
                .formatted(name, MAX_USERS));
      }
      put(name, entry(name, role, verifier));
    }
  }

  /**
   * Gives a user another password.
   *
   * @throws AuthException {@link Code#NOT_FOUND}, {@link Code#INVALID}, {@link Code#BUSY} or {@link
   *     Code#STORAGE}
   */
  public void passwd(String name, Secret password) {
    known(name);
    checkPassword(password);
    String verifier = hash.hash(password);
    change(name, entry -> new Entry(entry.user(), verifier));
  }

  /**
   * Removes a user.
   *
   * @throws AuthException {@link Code#NOT_FOUND}, {@link Code#REFUSED} for the last active admin,
   *     or {@link Code#STORAGE}
   */
  public synchronized void remove(String name) {
    Entry entry = known(name);
    keepAnAdmin("remove", entry);
    users.remove(name);
    saveOr(() -> users.put(name, entry));
  }

  /**
   * Keeps a user from logging in. Sessions and tokens go on; end them as well.
   *
   * @throws AuthException as {@link #remove}
   */
  public synchronized void lock(String name) {
    keepAnAdmin("lock", known(name));
    change(name, entry -> entry.locked(true));
  }

  /**
   * Lets a locked user log in again.
   *
   * @throws AuthException {@link Code#NOT_FOUND} or {@link Code#STORAGE}
   */
  public void unlock(String name) {
    change(name, entry -> entry.locked(false));
  }

  /** Tells whether {@code name} is a local user, locked or not. */
  synchronized boolean has(LoginName name) {
    return users.containsKey(name.text());
  }

  /**
   * Returns the user, if {@code password} is theirs and they are not locked; every refusal costs
   * the work of checking a password.
   *
   * @throws AuthException {@link Code#BUSY}
   */
  Optional<Person> verify(LoginName name, Secret password) {
    Optional<Entry> entry = find(name.text()).filter(found -> !found.user().locked());
    boolean right = hash.verify(password, entry.map(Entry::verifier).orElse(""));
    return entry
        .filter(found -> right)
        .map(
            found -> new Person(name.text(), name.text(), found.user().role(), Person.Means.LOCAL));
  }

  private synchronized Optional<Entry> find(String name) {
    return Optional.ofNullable(users.get(name));
  }

  private Entry known(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new AuthException(
                    Code.NOT_FOUND,
                    "Could not find the user %s: nobody here has that name. List the users."
                        .formatted(Text.bounded(Text.cleaned(name), 40))));
  }

  private Entry entry(String name, Role role, String verifier) {
    return new Entry(new LocalUser(name, role, false, clock.instant()), verifier);
  }

  private synchronized void change(String name, UnaryOperator<Entry> change) {
    put(name, change.apply(known(name)));
  }

  private void put(String name, Entry entry) {
    Optional<Entry> before = Optional.ofNullable(users.put(name, entry));
    saveOr(() -> before.ifPresentOrElse(old -> users.put(name, old), () -> users.remove(name)));
  }

  private void keepAnAdmin(String verb, Entry going) {
    if (going.user().isActiveAdmin()
        && users.values().stream().filter(entry -> entry.user().isActiveAdmin()).count() == 1) {
      throw new AuthException(
          Code.REFUSED,
          "Could not %s %s: it is the last admin who can log in. Add another admin first."
              .formatted(verb, going.user().name()));
    }
  }

  private static void checkPassword(Secret password) {
    if (password.length() > MAX_PASSWORD_BYTES
        || password.revealText().codePoints().count() < MIN_PASSWORD) {
      throw new AuthException(
          Code.INVALID,
          "Could not set the password: it must have at least %d characters and at most %d bytes. Choose another one."
              .formatted(MIN_PASSWORD, MAX_PASSWORD_BYTES));
    }
  }

  private void save() {
    file.write(new ArrayList<>(users.values().stream().map(Entry::fields).toList()));
  }

  /** Saves; what cannot be saved does not count. */
  private void saveOr(Runnable undo) {
    try {
      save();
    } catch (AuthException e) {
      undo.run();
      throw e;
    }
  }
}
