package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.json.Json;
import java.security.SecureRandom;
import java.util.HexFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Logs in, and leaves a token for the commands that follow. */
@Command(
    name = "login",
    description = {
      "Logs in to an agent and keeps a token for the commands that follow, until cloudy logout.",
      "Over the node's own socket no login is needed: it knows your user."
    })
final class LoginCommand implements Runnable {
  private static final int DAYS = 30;

  private final Cloudy cloudy;

  @Parameters(paramLabel = "LOGIN", description = "As the node or the directory knows you.")
  private String login = "";

  @Option(
      names = "--days",
      defaultValue = "" + DAYS,
      description = "How long the token lasts (default: ${DEFAULT-VALUE}).")
  private int days = DAYS;

  @Mixin private PasswordSource password = new PasswordSource();

  LoginCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    ApiClient client = cloudy.client();
    if (client.address().isSocket()) {
      throw new CliException(
          Cloudy.WRONG_USE,
          "Over the socket no login is needed: the agent knows your user. To log in, name the"
              + " address with --api http://HOST:PORT or https://HOST:PORT.");
    }
    ApiClient.Session session = client.login(login, password.read(cloudy));
    try {
      byte[] random = new byte[4];
      new SecureRandom().nextBytes(random);
      String name = "cli-" + HexFormat.of().formatHex(random);
      JsonNode made =
          session.client().post("/v1/tokens", Json.object().put("name", name).put("days", days));
      Credentials credentials = cloudy.credentials();
      credentials.keep(
          new Credentials.Kept(
              client.address().text(),
              made.path("owner").asText(),
              name,
              made.path("token").asText()));
      JsonNode person = session.person();
      cloudy.print(
          Json.object()
              .put("login", person.path("login").asText())
              .put("role", person.path("role").asText())
              .put("means", person.path("means").asText())
              .put("token_name", name)
              .put("file", credentials.file().toString()),
          "You are %s, %s, until %s. The token is in %s."
              .formatted(
                  person.path("login").asText(),
                  person.path("role").asText(),
                  made.path("expires").asText(),
                  credentials.file()));
    } finally {
      session.client().post("/v1/logout", Json.object());
    }
  }
}
