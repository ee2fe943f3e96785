package community.cloudy.containers.stacks;

import community.cloudy.containers.stacks.StackException.Code;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Lets one thread at a time change a stack; what that thread begins meanwhile is part of it. */
final class Locks {
  private final Map<String, Thread> taken = new ConcurrentHashMap<>();

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
    Thread holder = taken.putIfAbsent(name, Thread.currentThread());
    if (holder != null && holder != Thread.currentThread()) {
      throw new StackException(
          Code.CONFLICT, "Something is being done to the stack " + name + ". Wait for its end.");
    }
    try {
      return work.get();
    } finally {
      if (holder == null) {
        taken.remove(name);
      }
    }
  }
}
