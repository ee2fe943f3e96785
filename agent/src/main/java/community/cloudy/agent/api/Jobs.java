package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.events.EventLog;
import community.cloudy.agent.events.EventType;
import community.cloudy.agent.json.Json;
import community.cloudy.agent.text.Printable;
import community.cloudy.auth.Person;
import community.cloudy.containers.Progress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that takes longer than a caller should wait. A few jobs run at once, the others wait in
 * order; the last ones are remembered until the agent stops. Thread-safe.
 */
final class Jobs implements AutoCloseable {
  static final int KEPT = 100;

  private static final Logger log = LoggerFactory.getLogger(Jobs.class);
  private static final int AT_ONCE = 3;
  private static final int PLACES = 32;
  private static final int MAX_STEP = 200;

  private final InstantSource clock;
  private final RandomGenerator random;
  private final EventLog events;
  private final Watch watch;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Blocking threads =
      new Blocking(
          "api-job",
          AT_ONCE,
          PLACES,
          "Already " + PLACES + " jobs wait. Try again when some are done.");

  /** Tells {@code events} of every job's state, and {@code watch} of every move of one. */
  Jobs(InstantSource clock, RandomGenerator random, EventLog events, Watch watch) {
    this.clock = clock;
    this.random = random;
    this.events = events;
    this.watch = watch;
  }

  /** What a job does; an interrupt asks it to stop. */
  @FunctionalInterface
  interface Work {
    /** Does it and returns what callers are told of the outcome. */
    ObjectNode run(Progress progress) throws Exception;
  }

  private static final class Entry {
    private Job job;
    private boolean cancelled;
    private Optional<Thread> runner = Optional.empty();

    private Entry(Job job) {
      this.job = job;
    }
  }

  /**
   * Begins a job, or lets it wait for its turn.
   *
   * @param action what it does, in the words of the audit log
   * @param object what it does that to
   * @return the answer to who asked: 202, with the place where the job can be looked at
   * @throws ApiException if too many wait already
   */
  CompletableFuture<Reply> start(Caller caller, String action, String object, Work work) {
    String by = caller.person().map(Person::login).orElse("");
    String id = HexFormat.of().toHexDigits(random.nextLong());
    Job asked = Job.asked(id, action, Printable.of(object), by, clock.instant());
    Entry entry = new Entry(asked);
    synchronized (entries) {
      entries.put(id, entry);
      forgetOld();
    }
    try {
      var unused = threads.run(() -> run(entry, work));
    } catch (ApiException e) {
      synchronized (entries) {
        entries.remove(id);
      }
      throw e;
    }
    return CompletableFuture.completedFuture(
        new Reply(202, "application/json", Json.write(asked.json()))
            .with("Location", "/v1/jobs/" + id));
  }

  private void forgetOld() {
    var oldest = entries.values().iterator();
    while (entries.size() > KEPT && oldest.hasNext()) {
      if (oldest.next().job.state().isOver()) {
        oldest.remove();
      }
    }
  }

  private Job run(Entry entry, Work work) {
    synchronized (entries) {
      if (entry.cancelled) {
        return entry.job;
      }
      entry.runner = Optional.of(Thread.currentThread());
    }
    move(entry, entry.job.running());
    Job.State end = Job.State.DONE;
    ObjectNode result = Json.object();
    Optional<Problem> problem = Optional.empty();
    try {
      result = work.run((step, done, total) -> moveOn(entry, step, done, total));
    } catch (Exception e) {
      end = wasCancelled(entry) ? Job.State.CANCELLED : Job.State.FAILED;
      problem = end == Job.State.FAILED ? Optional.of(problem(entry.job, e)) : Optional.empty();
    } finally {
      release(entry);
    }
    move(entry, entry.job.over(end, result, problem, clock.instant()));
    return entry.job;
  }

  private boolean wasCancelled(Entry entry) {
    synchronized (entries) {
      return entry.cancelled;
    }
  }

  /** Lets go of the thread; an interrupt that comes late must not reach its next job. */
  private void release(Entry entry) {
    synchronized (entries) {
      entry.runner = Optional.empty();
      boolean unused = Thread.interrupted();
    }
  }

  private static Problem problem(Job job, Exception failure) {
    Problem problem = ApiException.problemOf(failure);
    if (problem.code() == ProblemCode.FAILED) {
      log.error(
          "Job failed id={} action={} object={}", job.id(), job.action(), job.object(), failure);
    }
    return problem;
  }

  private void moveOn(Entry entry, String step, long done, long total) {
    synchronized (entries) {
      entry.job = entry.job.at(bounded(step), Math.max(0, done), Math.max(-1, total));
    }
    watch.changed();
  }

  private static String bounded(String step) {
    return Printable.of(step.length() <= MAX_STEP ? step : step.substring(0, MAX_STEP));
  }

  private void move(Entry entry, Job next) {
    synchronized (entries) {
      entry.job = next;
    }
    events.publish(EventType.JOB, next.json());
    watch.changed();
  }

  /** Returns the jobs there are, the newest first. */
  List<Job> list() {
    synchronized (entries) {
      List<Job> jobs = new ArrayList<>(entries.values().stream().map(entry -> entry.job).toList());
      Collections.reverse(jobs);
      return jobs;
    }
  }

  /**
   * Returns a job as it is now.
   *
   * @throws ApiException if there is none of this id
   */
  Job find(String id) {
    synchronized (entries) {
      return entry(id).job;
    }
  }

  private Entry entry(String id) {
    Entry entry = entries.get(id);
    if (entry == null) {
      throw new ApiException(
          ProblemCode.NOT_FOUND,
          "There is no such job. The last %d since the agent started are kept.".formatted(KEPT));
    }
    return entry;
  }

  /**
   * Asks a job to stop; one that waits never begins.
   *
   * @throws ApiException if there is none of this id, or it is over
   */
  Job cancel(String id) {
    Entry entry;
    boolean waits;
    synchronized (entries) {
      entry = entry(id);
      if (entry.job.state().isOver()) {
        throw new ApiException(
            ProblemCode.CONFLICT, "This job is over: " + entry.job.state().word() + ".");
      }
      entry.cancelled = true;
      waits = entry.runner.isEmpty();
      entry.runner.ifPresent(Thread::interrupt);
    }
    if (waits) {
      Job over =
          entry.job.over(Job.State.CANCELLED, Json.object(), Optional.empty(), clock.instant());
      move(entry, over);
    }
    return find(id);
  }

  /** Interrupts what runs and forgets what waits. */
  @Override
  public void close() {
    threads.close();
  }
}
