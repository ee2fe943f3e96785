package community.cloudy.agent.cli;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a password comes from: a person at the terminal, or a file; never an argument. */
final class PasswordSource {
  private static final int MAX_BYTES = 1024;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "Reads the password from the first line of a file; - is standard input. Without it, you"
              + " are asked.")
  private Optional<Path> file = Optional.empty();

  boolean isGiven() {
    return file.isPresent();
  }

  /** Returns the password of somebody who has one. */
  String read(Cloudy cloudy) {
    return file.isPresent() ? fromFile(cloudy.in(), file.get()) : ask("Password: ");
  }

  /** Returns a new password, which a person must type twice. */
  String choose(Cloudy cloudy) {
    if (file.isPresent()) {
      return fromFile(cloudy.in(), file.get());
    }
    String password = ask("New password: ");
    if (!password.equals(ask("The same again: "))) {
      throw new CliException(Cloudy.WRONG_USE, "Those were two passwords. Try again.");
    }
    return password;
  }

  private static String ask(String question) {
    Console console =
        Optional.ofNullable(System.console())
            .orElseThrow(
                () ->
                    new CliException(
                        Cloudy.WRONG_USE,
                        "There is no terminal to ask for the password. Use --password-file."));
    char[] typed = console.readPassword(question);
    if (typed == null) {
      throw new CliException(Cloudy.WRONG_USE, "No password was given.");
    }
    String password = new String(typed);
    Arrays.fill(typed, '\0');
    return password;
  }

  private static String fromFile(InputStream standard, Path file) {
    try {
      if (file.toString().equals("-")) {
        return firstLine(standard);
      }
      try (InputStream in = Files.newInputStream(file)) {
        return firstLine(in);
      }
    } catch (IOException e) {
      throw new CliException(Cloudy.FAILED, "Could not read the password: " + e.getMessage() + ".");
    }
  }

  private static String firstLine(InputStream in) throws IOException {
    String text = new String(in.readNBytes(MAX_BYTES + 2), StandardCharsets.UTF_8);
    return text.lines().findFirst().orElse("");
  }
}
