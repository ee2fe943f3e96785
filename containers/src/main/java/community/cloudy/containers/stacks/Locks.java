package community.cloudy.containers.stacks;

import community.cloudy.containers.stacks.StackException.Code;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lets one thread at a time change a stack. */
final class Locks {
  private final Set<String> taken = ConcurrentHashMap.newKeySet();

  /** Held until it is closed. */
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  Held take(String name) {
    if (!taken.add(name)) {
      throw new StackException(
          Code.CONFLICT, "Something is being done to the stack " + name + ". Wait for its end.");
    }
    return () -> taken.remove(name);
  }
}
