package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import community.cloudy.gossip.serf.QueryListener;
import community.cloudy.gossip.serf.wire.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;

/** What the community says to one question, told as it comes. */
final class StreamedAnswers implements QueryListener, StreamSource {
  /** What a client who does not keep up loses: whatever exceeds this many. */
  private static final int MAX = CollectedAnswers.MAX;

  private final Queue<String> frames = new LinkedBlockingQueue<>();
  private final Runnable wake;
  private int acks;
  private int responses;
  private int lost;
  private volatile boolean ended;

  /** Calls {@code wake} whenever there is something to tell. */
  StreamedAnswers(Runnable wake) {
    this.wake = wake;
    frames.add(":\n\n");
  }

  @Override
  public void acknowledged(String from) {
    acks++;
    send("ack", Json.object().put("node", from));
  }

  @Override
  public void answered(String from, Bytes payload) {
    responses++;
    send("response", CollectedAnswers.response(from, payload));
  }

  private void send(String type, ObjectNode data) {
    if (frames.size() < MAX) {
      add(type, data);
    } else {
      lost++;
    }
  }

  private void add(String type, ObjectNode data) {
    frames.add(EventStream.event(type, Json.object().put("type", type).setAll(data).toString()));
    wake.run();
  }

  @Override
  public void finished() {
    add("done", Json.object().put("acks", acks).put("responses", responses).put("lost", lost));
    ended = true;
    wake.run();
  }

  @Override
  public byte[] next() {
    String frame = frames.poll();
    return (frame == null ? "" : frame).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean ended() {
    return ended;
  }
}
