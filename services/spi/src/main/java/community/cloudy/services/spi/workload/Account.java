package community.cloudy.services.spi.workload;

import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A user of the system.
 *
 * @param name in /etc/passwd
 * @param group the number of the first group
 */
public record Account(String name, String group) {
  private static final Path PASSWD = Path.of("/etc/passwd");
  private static final int GROUP = 3;

  /**
   * Finds a user.
   *
   * @throws ServiceException if there is none of that name
   */
  public static Account of(String name) {
    try (Stream<String> lines = Files.lines(PASSWD, StandardCharsets.UTF_8)) {
      return lines
          .map(line -> line.split(":", -1))
          .filter(fields -> fields.length > GROUP && fields[0].equals(name))
          .findFirst()
          .map(fields -> new Account(name, fields[GROUP]))
          .orElseThrow(
              () ->
                  new ServiceException(
                      Code.MISSING, "There is no user " + name + " here. Name another."));
    } catch (IOException e) {
      throw new ServiceException(Code.FAILED, "Could not read " + PASSWD + ": " + e, e);
    }
  }

  /** Returns what before a command gives it this user's rights, and no way to more. */
  public List<String> prefix(List<String> capabilities) {
    List<String> prefix = new ArrayList<>(List.of("setpriv", "--reuid", name, "--regid", group));
    prefix.addAll(List.of("--init-groups", "--no-new-privs"));
    if (!capabilities.isEmpty()) {
      String kept = capabilities.stream().map(c -> "+" + c).collect(Collectors.joining(","));
      prefix.addAll(List.of("--inh-caps", kept, "--ambient-caps", kept));
    }
    prefix.add("--");
    return prefix;
  }
}
