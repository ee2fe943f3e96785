package community.cloudy.agent.api;

import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * An answer in server-sent events (WHATWG HTML, section 9.2). It has its place among the {@link
 * EventStreams} already, and must be either opened or dropped.
 *
 * @param source of what is sent
 * @param streams those it is one of
 */
record EventStream(StreamSource source, EventStreams streams) implements Answer {
  private static final String CONTENT_TYPE = "text/event-stream";

  /** Tells whether a caller that sends these headers would have such an answer. */
  static boolean isWanted(HttpFields headers) {
    return headers.getQualityCSV(HttpHeader.ACCEPT).stream()
        .anyMatch(range -> range.replaceFirst(";.*", "").strip().equalsIgnoreCase(CONTENT_TYPE));
  }

  /** Returns one event as it is sent; {@code data} is one line. */
  static String event(String type, String data) {
    return "event: " + type + "\ndata: " + data + "\n\n";
  }

  /** Begins to send, for as long as {@code welcome} says, which is asked now and then. */
  void open(Request request, Response response, Callback callback, BooleanSupplier welcome) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, CONTENT_TYPE);
    streams.open(
        new StreamWriter(
            source,
            welcome,
            request.getConnectionMetaData().getConnection().getEndPoint(),
            response,
            callback));
  }

  /** Gives its place back. */
  void drop() {
    streams.release();
    source.over();
  }
}
