package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import community.cloudy.auth.Sessions;
import java.util.concurrent.CompletableFuture;

/** Tells who is logged in, and logs people out. */
final class SessionsEndpoint {
  private final Sessions sessions;

  SessionsEndpoint(Sessions sessions) {
    this.sessions = sessions;
  }

  CompletableFuture<Reply> list(Call call) {
    ObjectNode json = Json.object();
    ArrayNode list = json.putArray("sessions");
    for (Sessions.Session session : sessions.list()) {
      list.addObject()
          .put("login", session.person().login())
          .put("role", session.person().role().word())
          .put("means", LoginEndpoint.means(session.person()))
          .put("from", session.from())
          .put("opened", session.opened().toString())
          .put("used", session.used().toString());
    }
    return CompletableFuture.completedFuture(Reply.json(json));
  }

  CompletableFuture<Reply> end(Call call) {
    int ended = sessions.closeAll(call.at("login"));
    return CompletableFuture.completedFuture(Reply.json(Json.object().put("ended", ended)));
  }
}
