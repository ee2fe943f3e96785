package community.cloudy.gossip.serf.rpc;

import community.cloudy.gossip.serf.QueryListener;
import community.cloudy.gossip.serf.wire.Bytes;
import java.util.concurrent.Executor;

/**
 * Passes on what the community answers to one client's query. This node's own answer may be here
 * before the news that the query went out: whichever comes first has the header sent.
 */
final class QueryAnswers implements QueryListener {
  private final Executor loop;
  private final Client client;
  private boolean accepted;

  /** Who asked; called on the RPC loop. */
  interface Client {
    /** The query is on its way; comes first, and once. */
    void accepted();

    /** A record for the client. */
    void record(byte[] record);

    /** The last record. */
    void last(byte[] record);
  }

  QueryAnswers(Executor loop, Client client) {
    this.loop = loop;
    this.client = client;
  }

  /** Says that the query is on its way; on the RPC loop only. */
  void accepted() {
    if (!accepted) {
      accepted = true;
      client.accepted();
    }
  }

  @Override
  public void acknowledged(String from) {
    record(Replies.answer("ack", from, Bytes.EMPTY));
  }

  @Override
  public void answered(String from, Bytes payload) {
    record(Replies.answer("response", from, payload));
  }

  private void record(byte[] record) {
    loop.execute(
        () -> {
          accepted();
          client.record(record);
        });
  }

  @Override
  public void finished() {
    loop.execute(
        () -> {
          accepted();
          client.last(Replies.answer("done", "", Bytes.EMPTY));
        });
  }
}
