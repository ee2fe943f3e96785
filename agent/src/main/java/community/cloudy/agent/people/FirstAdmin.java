package community.cloudy.agent.people;

import community.cloudy.auth.Secret;
import community.cloudy.gossip.discovery.store.SafeFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the first admin at a node's first start and hands the password to who started it: on
 * standard error, where a person or the journal reads that; else in a private file.
 */
public final class FirstAdmin {
  /** Where the password is, if nobody was there to read it, within the folder of the people. */
  public static final String FILE = "first-admin-password";

  private static final Logger log = LoggerFactory.getLogger(FirstAdmin.class);
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  private FirstAdmin() {}

  /** Makes the admin, where there has never been a user. */
  public static void make(People people, PrintStream err, boolean isRead) {
    people.users().firstAdmin().ifPresent(password -> handOver(people, password, err, isRead));
  }

  private static void handOver(People people, Secret password, PrintStream err, boolean isRead) {
    if (isRead) {
      log.info("First admin made login=admin; the password is shown once, here");
      err.printf(
          "%n  ------------------------------------------------------------%n"
              + "  The first admin of this node:%n"
              + "    login:    admin%n"
              + "    password: %s%n"
              + "  It is shown this once. Change it: cloudy user passwd admin%n"
              + "  ------------------------------------------------------------%n%n",
          password.revealText());
      err.flush();
      return;
    }
    Path file = people.folder().resolve(FILE);
    try {
      byte[] line = (password.revealText() + "\n").getBytes(StandardCharsets.UTF_8);
      SafeFile.write(file, line, "rw-------");
      log.info("First admin made login=admin; the password is in file={}", file);
    } catch (IOException e) {
      log.error(
          "Could not write the first admin's password file={} reason={}. Set one by the socket:"
              + " cloudy user passwd admin",
          file,
          e.toString());
    }
  }

  /** Deletes the file, if {@code name}'s password is not the first one any more. */
  public static void forget(People people, String name) {
    try {
      if (name.equals("admin") && Files.deleteIfExists(people.folder().resolve(FILE))) {
        log.info("First admin's password is another now, so its file is deleted");
      }
    } catch (IOException e) {
      log.warn("Could not delete file={} reason={}", FILE, e.toString());
    }
  }

  /**
   * Tells whether standard error is a terminal, or the journal (systemd.exec(5), JOURNAL_STREAM).
   */
  public static boolean isRead(Map<String, String> environment) {
    try {
      String target = Files.readSymbolicLink(STANDARD_ERROR).toString();
      String stream =
          Files.getAttribute(STANDARD_ERROR, "unix:dev")
              + ":"
              + Files.getAttribute(STANDARD_ERROR, "unix:ino");
      return target.matches("/dev/(pts/[0-9]+|tty[A-Za-z0-9]*|console)")
          || stream.equals(environment.get("JOURNAL_STREAM"));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
