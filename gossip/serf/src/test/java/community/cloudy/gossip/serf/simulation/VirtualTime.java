package community.cloudy.gossip.serf.simulation;

import community.cloudy.gossip.serf.transport.Scheduler;
import java.util.PriorityQueue;

/** A clock that jumps from one task to the next: an hour of a thousand nodes in minutes. */
public final class VirtualTime implements Scheduler {
  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private long now;
  private long lastId;

  long now() {
    return now;
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public Timer schedule(long delayNanos, Runnable task) {
    return at(now + delayNanos, task);
  }

  /** Lets {@code nanos} pass. */
  public void pass(long nanos) {
    runUntil(now + nanos);
  }

  /** Moves the clock without running what is due, as a stalled process does. */
  public void stall(long nanos) {
    now += nanos;
  }

  Task at(long when, Runnable action) {
    Task task = new Task(Math.max(when, now), ++lastId, action);
    tasks.add(task);
    return task;
  }

  void runUntil(long end) {
    for (Task task = tasks.peek(); task != null && task.when <= end; task = tasks.peek()) {
      tasks.remove();
      now = Math.max(now, task.when);
      task.run();
    }
    now = end;
  }

  static final class Task implements Comparable<Task>, Scheduler.Timer {
    private final long when;
    private final long id;
    private Runnable action;

    Task(long when, long id, Runnable action) {
      this.when = when;
      this.id = id;
      this.action = action;
    }

    @Override
    public void cancel() {
      action = () -> {};
    }

    private void run() {
      action.run();
    }

    @Override
    public int compareTo(Task other) {
      int order = Long.compare(when, other.when);
      return order != 0 ? order : Long.compare(id, other.id);
    }
  }
}
