package community.cloudy.gossip.serf.rpc;

import community.cloudy.gossip.serf.wire.ValueSkipper;
import community.cloudy.gossip.serf.wire.WireException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts what a client sends into requests. RPC has no lengths: where a request ends shows only in
 * its msgpack, of which each byte is looked at once however it comes in.
 */
final class RequestBuffer {
  /** Longest request, in bytes; 16,384 addresses to join take a third of it. */
  static final int LONGEST = 1 << 20;

  private static final int SMALL = 1024;

  private final ValueSkipper skipper = new ValueSkipper();
  private byte[] data = new byte[SMALL];
  private int start;
  private int end;
  private Optional<Head> head = Optional.empty();

  /**
   * A request whose body is still coming in.
   *
   * @param length of this header
   */
  private record Head(String command, long seq, int length) {}

  RequestBuffer() {
    skipper.start(0, 1);
  }

  /** Adds what came in; all whole requests must have been taken before. */
  void add(ByteBuffer chunk) {
    if (start > 0) {
      System.arraycopy(data, start, data, 0, end - start);
      end -= start;
      expectHead(0);
    }
    int needed = end + chunk.remaining();
    int size = needed <= SMALL ? SMALL : Integer.highestOneBit(needed - 1) * 2;
    if (size > data.length || size * 4 < data.length) {
      data = Arrays.copyOf(data, size);
    }
    int count = chunk.remaining();
    chunk.get(data, end, count);
    end += count;
  }

  /**
   * Takes the next whole request.
   *
   * @throws WireException if what comes is no request or a longer one than {@link #LONGEST}
   */
  Optional<Request> next() throws WireException {
    while (skipper.advance(data, end)) {
      int to = (int) skipper.position();
      Head known = head.orElse(null);
      if (known != null) {
        byte[] body = Arrays.copyOfRange(data, start + known.length, to);
        return Optional.of(taken(new Request(known.command, known.seq, Body.of(body)), to));
      }
      Body header = Body.of(Arrays.copyOfRange(data, start, to));
      String command = header.text("Command");
      long seq = header.integer("Seq", 0, Long.MAX_VALUE);
      if (!Request.hasBody(command)) {
        return Optional.of(taken(new Request(command, seq, Body.NONE), to));
      }
      head = Optional.of(new Head(command, seq, to - start));
      skipper.start(to, 1);
    }
    if (Math.max(skipper.position(), end) - start > LONGEST) {
      throw new WireException("request has over " + LONGEST + " bytes");
    }
    return Optional.empty();
  }

  private Request taken(Request request, int to) {
    expectHead(to);
    return request;
  }

  private void expectHead(int from) {
    start = from;
    head = Optional.empty();
    skipper.start(from, 1);
  }
}
