package community.cloudy.agent.community;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells whoever wants to know that the community has changed. */
public final class Changes {
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /** Calls {@code listener} at every change, on the gossip loop: it must return at once. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** Says that something changed. */
  public void signal() {
    listeners.forEach(Runnable::run);
  }
}
