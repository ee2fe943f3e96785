package community.cloudy.gossip.serf.transport;

/**
 * How a core sends. Few assumptions are made: a packet may be lost, repeated or reordered, and a
 * stream may fail at any point. Called on the event loop only.
 */
public interface Transport {
  /** Sends one datagram, best effort. The bytes may be reused as soon as this returns. */
  void sendPacket(Endpoint to, byte[] data, int length);

  /**
   * Connects, writes one request and reads at most one reply, then closes. {@code handler} is
   * called exactly once, later, on the event loop.
   *
   * @param timeoutNanos bounds the whole exchange
   */
  void request(Endpoint to, byte[] request, long timeoutNanos, ReplyHandler handler);

  /** Connects, writes {@code message} and closes; failures are only counted. */
  void sendStream(Endpoint to, byte[] message, long timeoutNanos);

  /** Receives the outcome of {@link Transport#request}. */
  interface ReplyHandler {
    /** The peer's whole reply, framed but not yet decrypted. */
    void reply(byte[] message);

    /** There was no reply; {@code reason} is for people. */
    void failed(String reason);
  }

  /** Receives what peers send, on the event loop. */
  interface Inbound {
    /** One datagram; {@code data} is only valid during the call. */
    void packet(Endpoint from, byte[] data, int length);

    /**
     * One complete stream request.
     *
     * @return the reply to write before closing; empty closes without one
     */
    byte[] stream(Endpoint from, byte[] request);
  }
}
