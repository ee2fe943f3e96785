package community.cloudy.services.bind.named;

import community.cloudy.containers.process.Command;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Controls named over loopback.
 *
 * @param port of its control channel
 * @param key the file of the key
 */
public record Rndc(Programs programs, int port, Path key) {
  /** Tells whether a named answers that knows our key. */
  public boolean answers() {
    return run(List.of("status")).succeeded();
  }

  /**
   * Makes it read its configuration and all changed zones.
   *
   * @throws ServiceException if it does not
   */
  public void reload() {
    act("reload");
  }

  /**
   * Makes it look again for the addresses that it could not use.
   *
   * @throws ServiceException if it does not
   */
  public void scan() {
    act("scan");
  }

  private void act(String command) {
    Command.Result result = run(List.of(command));
    if (!result.succeeded()) {
      throw new ServiceException(
          Code.FAILED,
          "Could not make BIND %s: %s. Its log says more."
              .formatted(command, Programs.said(result)));
    }
  }

  private Command.Result run(List<String> command) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-s", "127.0.0.1", "-p", Integer.toString(port)));
    arguments.addAll(List.of("-k", key.toString()));
    arguments.addAll(command);
    return programs.run("rndc", arguments);
  }
}
