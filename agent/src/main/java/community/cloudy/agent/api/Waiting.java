package community.cloudy.agent.api;

import java.util.concurrent.Executor;

/**
 * The callers who wait, none of whom holds a thread.
 *
 * @param executor for what must not be done where news come from
 * @param changes those who wait for another list of members
 * @param events those who wait for an event
 * @param jobs those who wait for work to go on
 * @param streams those who are sent events as they come
 */
record Waiting(Executor executor, Watch changes, Watch events, Watch jobs, EventStreams streams)
    implements AutoCloseable {

  /** Returns nobody yet; whoever comes hears of {@code node}'s news on {@code executor}. */
  static Waiting on(Node node, Executor executor) {
    Waiting waiting =
        new Waiting(
            executor,
            new Watch(executor),
            new Watch(executor),
            new Watch(executor),
            new EventStreams(executor));
    node.changes().onChange(waiting.changes::changed);
    node.events().onPublish(waiting.events::changed);
    node.events().onPublish(waiting.streams::wake);
    return waiting;
  }

  /** Answers everyone, so that the server can stop. */
  @Override
  public void close() {
    changes.close();
    events.close();
    jobs.close();
    streams.close();
  }
}
