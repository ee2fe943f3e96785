import community.cloudy.agent.config.AgentConfig;
import community.cloudy.agent.config.ConfigFiles;
import community.cloudy.auth.LoginResult;
import community.cloudy.auth.Secret;
import community.cloudy.services.spi.People;
import community.cloudy.services.squid.login.LoginDoor;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The agent's end of Squid's helper, with the login of a configuration; for the script beside. */
final class SquidDoor {
  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[0]);
    AgentConfig config = new ConfigFiles(Optional.of(file), List.of()).load();
    var people =
        community.cloudy.agent.people.People.open(
            config.auth(), file.resolveSibling("people"), InstantSource.system(), new SecureRandom());
    People known =
        (name, password, from) -> {
          LoginResult result = people.login().attempt(name, Secret.of(password), Optional.empty());
          if (result instanceof LoginResult.Accepted accepted) {
            return new People.Known(accepted.person().login(), Set.of(), false);
          }
          return result instanceof LoginResult.Rejected
              ? new People.Refused()
              : new People.Unavailable(result.toString());
        };
    People instant = (name, password, from) -> new People.Known(name, Set.of(), false);
    try (LoginDoor door = new LoginDoor(Path.of(args[1]), known);
        LoginDoor alone = new LoginDoor(Path.of(args[1] + ".alone"), instant)) {
      System.out.println("open");
      System.in.read();
    }
  }
}
