package community.cloudy.containers.stacks;

import community.cloudy.containers.stacks.StackException.Code;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Lets one thread at a time change a stack. */
final class Locks {
  private final Set<String> taken = ConcurrentHashMap.newKeySet();

  /** Does {@code work}, unless another thread is at this stack. */
  void run(String name, Runnable work) {
    call(
        name,
        () -> {
          work.run();
          return true;
        });
  }

  /** Returns what {@code work} does, unless another thread is at this stack. */
  <T> T call(String name, Supplier<T> work) {
    if (!taken.add(name)) {
      throw new StackException(
          Code.CONFLICT, "Something is being done to the stack " + name + ". Wait for its end.");
    }
    try {
      return work.get();
    } finally {
      taken.remove(name);
    }
  }
}
