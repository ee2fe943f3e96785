package community.cloudy.agent.api;

import community.cloudy.agent.json.Json;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers, as a problem, what the server itself refuses: malformed or oversized requests. */
final class ErrorPage implements Request.Handler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    byte[] body = Json.write(Problem.json("http-" + status, HttpStatus.getMessage(status), status));
    ApiHandler.write(new Reply(status, "application/problem+json", body), response, callback);
    return true;
  }
}
