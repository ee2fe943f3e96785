package community.cloudy.gossip.serf;

import community.cloudy.gossip.serf.SerfException.Code;
import community.cloudy.gossip.serf.transport.EventLoop;
import community.cloudy.gossip.serf.wire.Bytes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;

/** Lets a query be answered from any thread: the answer itself is made on the event loop. */
final class LoopResponder implements QueryResponder {
  private final EventLoop loop;
  private final QueryResponder responder;

  LoopResponder(EventLoop loop, QueryResponder responder) {
    this.loop = loop;
    this.responder = responder;
  }

  /** Returns {@code event}, to be answered from any thread if it is a query. */
  static SerfEvent of(EventLoop loop, SerfEvent event) {
    return event instanceof SerfEvent.Query query
        ? new SerfEvent.Query(
            query.lamportTime(),
            query.id(),
            query.source(),
            query.name(),
            query.payload(),
            new LoopResponder(loop, query.responder()))
        : event;
  }

  @Override
  public void respond(Bytes payload) {
    if (loop.inLoop()) {
      responder.respond(payload);
      return;
    }
    try {
      CompletableFuture.runAsync(() -> responder.respond(payload), loop).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof SerfException cause ? cause : e;
    } catch (RejectedExecutionException e) {
      throw new SerfException(Code.CLOSED, "The node is closed.", e);
    }
  }
}
