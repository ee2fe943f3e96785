package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import community.cloudy.agent.people.People;
import community.cloudy.auth.LoginResult;
import community.cloudy.auth.Person;
import community.cloudy.auth.Secret;
import community.cloudy.auth.Sessions;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** Lets people in and out, and tells them who they are. */
final class LoginEndpoint {
  static final String LOGOUT = "/v1/logout";
  private static final String COOKIE = Callers.COOKIE + "=%s; Path=/; HttpOnly; SameSite=Strict%s";

  private final People people;
  private final Blocking blocking;
  private final String secure;

  LoginEndpoint(Node node, Blocking blocking) {
    people = node.people();
    this.blocking = blocking;
    secure = node.config().api().tls().isPresent() ? "; Secure" : "";
  }

  CompletableFuture<Reply> login(Call call) {
    String login = call.body().text("login");
    Secret password = call.body().secret("password");
    call.body().end();
    Caller caller = call.caller();
    return blocking.run(
        () -> answer(people.login().attempt(login, password, caller.address()), caller));
  }

  private Reply answer(LoginResult result, Caller caller) {
    if (result instanceof LoginResult.Accepted accepted) {
      caller.session().ifPresent(people.sessions()::close);
      Sessions.Opened opened = people.sessions().open(accepted.person(), caller.from());
      return Reply.json(json(accepted.person()).put("csrf", opened.csrf()))
          .with("Set-Cookie", COOKIE.formatted(opened.id().revealText(), secure));
    }
    if (result instanceof LoginResult.Rejected rejected) {
      throw new ApiException(ProblemCode.LOGIN_REJECTED, rejected.message());
    }
    if (result instanceof LoginResult.Throttled throttled) {
      Duration wait = throttled.delay().plusMillis(999);
      return Problem.of(
              ProblemCode.THROTTLED,
              "Could not log in: there were too many attempts. Try again in %d s."
                  .formatted(wait.toSeconds()))
          .reply()
          .with("Retry-After", Long.toString(wait.toSeconds()));
    }
    LoginResult.Unavailable unavailable = (LoginResult.Unavailable) result;
    return Problem.of(
            ProblemCode.UNAVAILABLE,
            "Could not log in: %s. %s".formatted(unavailable.reason(), unavailable.remedy()))
        .reply(
            Json.object().put("reason", unavailable.reason()).put("remedy", unavailable.remedy()));
  }

  CompletableFuture<Reply> logout(Call call) {
    boolean everywhere = call.body().flag("everywhere");
    call.body().end();
    Sessions sessions = people.sessions();
    Caller caller = call.caller();
    int ended =
        everywhere
            ? sessions.closeAll(caller.known().login())
            : (int) caller.session().stream().filter(sessions::close).count();
    return CompletableFuture.completedFuture(
        Reply.json(Json.object().put("ended", ended))
            .with("Set-Cookie", COOKIE.formatted("", secure + "; Max-Age=0")));
  }

  CompletableFuture<Reply> whoami(Call call) {
    ObjectNode json = json(call.caller().known());
    call.caller().session().ifPresent(id -> json.put("csrf", Sessions.csrf(id)));
    return CompletableFuture.completedFuture(Reply.json(json));
  }

  private static ObjectNode json(Person person) {
    return Json.object()
        .put("login", person.login())
        .put("display", person.display())
        .put("role", person.role().word())
        .put("means", means(person));
  }

  static String means(Person person) {
    return person.means().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
