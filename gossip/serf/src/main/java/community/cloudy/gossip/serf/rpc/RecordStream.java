package community.cloudy.gossip.serf.rpc;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records sent under one request's number; of a client that is slow, some are dropped. */
final class RecordStream {
  /** Records that may wait (specification C3). */
  static final int MOST = 512;

  private static final Logger LOG = LoggerFactory.getLogger(RecordStream.class);

  private final Connection connection;
  private final long seq;
  private int waiting;
  private long dropped;

  RecordStream(Connection connection, long seq) {
    this.connection = connection;
    this.seq = seq;
  }

  long seq() {
    return seq;
  }

  /** Sends {@code body}, unless too many records wait. */
  void offer(byte[] body) {
    if (waiting < MOST) {
      force(body);
    } else if (dropped++ == 0) {
      LOG.warn("rpc client is slow, dropping records seq={}", seq);
    }
  }

  /** Sends {@code body} however many records wait: the end of a stream must arrive. */
  void force(byte[] body) {
    waiting++;
    connection.send(Replies.record(seq, body), this::sent);
  }

  private void sent() {
    waiting--;
    if (waiting == 0 && dropped > 0) {
      LOG.warn("rpc client caught up seq={} dropped={}", seq, dropped);
      dropped = 0;
    }
  }
}
