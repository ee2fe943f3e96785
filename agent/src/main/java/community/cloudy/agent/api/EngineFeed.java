package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import community.cloudy.containers.engine.EngineException;
import community.cloudy.containers.engine.EngineStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A stream of the engine told as server-sent events. A client that does not keep up makes the
 * engine wait, and so loses nothing.
 *
 * @param <T> what the engine tells
 */
final class EngineFeed<T> implements StreamSource {
  private static final int PLACES = 256;

  private final String type;
  private final Function<T, ObjectNode> json;
  private final Runnable wake;
  private final BlockingQueue<String> frames = new ArrayBlockingQueue<>(PLACES);
  private @Nullable EngineStream stream;
  private boolean closed;
  private volatile String last = "";
  private volatile boolean ended;

  EngineFeed(String type, Function<T, ObjectNode> json, Runnable wake) {
    this.type = type;
    this.json = json;
    this.wake = wake;
    frames.add(":\n\n");
  }

  /** Says which stream this is told by, so that it ends with the client. */
  void feeds(EngineStream opened) {
    boolean late;
    synchronized (this) {
      stream = opened;
      late = closed;
    }
    if (late) {
      opened.close();
    }
  }

  /** Returns what the engine is to tell. */
  EngineStream.Listener<T> listener() {
    return new EngineStream.Listener<>() {
      @Override
      public void next(T item) {
        tell(item);
      }

      @Override
      public void ended() {
        end(Json.object());
      }

      @Override
      public void failed(EngineException reason) {
        end(Json.object().put("reason", reason.getMessage()));
      }
    };
  }

  private void tell(T item) {
    try {
      frames.put(EventStream.event(type, json.apply(item).toString()));
      wake.run();
    } catch (InterruptedException e) {
      // The stream is closed: its thread ends.
      Thread.currentThread().interrupt();
    }
  }

  private void end(ObjectNode data) {
    last = EventStream.event("end", data.toString());
    ended = true;
    wake.run();
  }

  @Override
  public byte[] next() {
    String frame = frames.poll();
    if (frame == null && ended) {
      frame = last;
      last = "";
    }
    return (frame == null ? "" : frame).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean ended() {
    return ended;
  }

  @Override
  public void over() {
    EngineStream open;
    synchronized (this) {
      closed = true;
      open = stream;
    }
    if (open != null) {
      open.close();
    }
  }
}
