package community.cloudy.gossip.serf.rpc;

import community.cloudy.gossip.serf.wire.MsgpackReader;
import community.cloudy.gossip.serf.wire.MsgpackWriter;
import community.cloudy.gossip.serf.wire.ValueSkipper;
import community.cloudy.gossip.serf.wire.WireException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Speaks raw RPC to a server; values are Java's own, byte strings are text. */
final class RpcClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket = new Socket();
  private final MsgpackReader reader = new MsgpackReader();
  private byte[] data = new byte[1024];
  private int start;
  private int end;

  RpcClient(InetSocketAddress server) throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(server);
  }

  /** Returns captured bytes. */
  static byte[] vector(String name) throws IOException {
    try (InputStream in = RpcClient.class.getResourceAsStream("/vectors/" + name + ".hex")) {
      String digits = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(digits.strip());
    }
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** Sends a request without a body. */
  void send(String command, long seq) throws IOException {
    send(header(command, seq).toByteArray());
  }

  /** Sends a request whose body is a map of names and values in turn. */
  void send(String command, long seq, Object... body) throws IOException {
    MsgpackWriter out = header(command, seq).map(body.length / 2);
    for (Object value : body) {
      write(out, value);
    }
    send(out.toByteArray());
  }

  private static MsgpackWriter header(String command, long seq) {
    return MsgpackWriter.rpc().map(2).key("Command").string(command).key("Seq").integer(seq);
  }

  private static void write(MsgpackWriter out, Object value) {
    if (value instanceof String text) {
      out.string(text);
    } else if (value instanceof Boolean bool) {
      out.bool(bool);
    } else if (value instanceof Number number) {
      out.integer(number.longValue());
    } else if (value instanceof byte[] bytes) {
      out.bytes(bytes, 0, bytes.length);
    } else if (value instanceof List<?> list) {
      out.list(list.size());
      list.forEach(element -> write(out, element));
    } else if (value instanceof Map<?, ?> map) {
      out.map(map.size());
      map.forEach(
          (key, element) -> {
            write(out, key);
            write(out, element);
          });
    } else {
      throw new IllegalArgumentException("cannot write " + value);
    }
  }

  /** Shakes hands. */
  RpcClient greet() throws IOException {
    send("handshake", 0, "Version", 1);
    if (!error().isEmpty()) {
      throw new IOException("no handshake");
    }
    return this;
  }

  /** Reads a header and returns its error. */
  String error() throws IOException {
    return String.valueOf(map().get("Error"));
  }

  /** Reads a header and returns its number. */
  long seq() throws IOException {
    return (Long) map().get("Seq");
  }

  /** Reads a map. */
  Map<String, Object> map() throws IOException {
    try {
      ValueSkipper skipper = new ValueSkipper();
      skipper.start(start, 1);
      while (!skipper.advance(data, end)) {
        read();
      }
      reader.reset(data, start, end - start);
      Map<String, Object> map = decodeMap();
      start = reader.position();
      return map;
    } catch (WireException e) {
      throw new IOException(e);
    }
  }

  /** Reads until the end and tells whether there was only that. */
  boolean ended() throws IOException {
    return end == start && socket.getInputStream().read() < 0;
  }

  private void read() throws IOException {
    if (end == data.length) {
      data = Arrays.copyOf(data, 2 * data.length);
    }
    InputStream in = socket.getInputStream();
    int count = in.read(data, end, data.length - end);
    if (count < 0) {
      throw new EOFException("the server closed the connection");
    }
    end += count;
  }

  private Object decode() throws WireException {
    return switch (reader.peek()) {
      case BOOL -> reader.bool();
      case INTEGER -> reader.integer(Long.MIN_VALUE, Long.MAX_VALUE);
      case FLOAT -> reader.float64();
      case LIST -> {
        List<Object> list = new ArrayList<>();
        for (int left = reader.list(1 << 20); left > 0; left--) {
          list.add(decode());
        }
        yield list;
      }
      case MAP -> decodeMap();
      default -> reader.bytes(1 << 20).utf8();
    };
  }

  private Map<String, Object> decodeMap() throws WireException {
    Map<String, Object> map = new TreeMap<>();
    for (int left = reader.map(1 << 20); left > 0; left--) {
      map.put(String.valueOf(decode()), decode());
    }
    return map;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
