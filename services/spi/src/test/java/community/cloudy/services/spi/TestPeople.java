package community.cloudy.services.spi;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** People with passwords, as a test says. */
public final class TestPeople implements People {
  private final Map<String, String> passwords = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> groups = new ConcurrentHashMap<>();
  private volatile boolean away;
  private volatile Optional<Directory> directory = Optional.empty();

  /** Lets somebody in. */
  public void add(String name, String password, Set<String> theirGroups) {
    passwords.put(name, password);
    groups.put(name, theirGroups);
  }

  /** Lets somebody in no more. */
  public void remove(String name) {
    passwords.remove(name);
  }

  /** Makes the directory answer, or not. */
  public void away(boolean now) {
    away = now;
  }

  /** Sets what services may ask themselves. */
  public void directory(Directory now) {
    directory = Optional.of(now);
  }

  @Override
  public Optional<Directory> directory() {
    return directory;
  }

  @Override
  public Login login(String name, String password, String from) {
    if (away) {
      return new Unavailable("the test has taken the directory away");
    }
    return password.equals(passwords.get(name))
        ? new Known(name, groups.getOrDefault(name, Set.of()), false)
        : new Refused();
  }
}
