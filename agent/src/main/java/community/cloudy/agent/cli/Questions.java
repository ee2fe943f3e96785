package community.cloudy.agent.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks a person, a line a question; an empty line takes what is offered. */
final class Questions {
  private static final int MOST = 1024;

  private final Cloudy cloudy;
  private final boolean silent;
  private final BufferedReader in;

  /** Asks nothing where {@code silent}: what is offered is taken. */
  Questions(Cloudy cloudy, boolean silent) {
    this.cloudy = cloudy;
    this.silent = silent;
    in = new BufferedReader(new InputStreamReader(cloudy.in(), StandardCharsets.UTF_8));
  }

  /** Returns what was said already, or an answer. */
  String text(Optional<String> said, String question, String offered) {
    return said.orElseGet(() -> silent ? offered : answer(question, offered));
  }

  /** Returns what was said already, or words with blanks or commas between. */
  List<String> list(List<String> said, String question) {
    if (!said.isEmpty()) {
      return said;
    }
    return Stream.of(text(Optional.empty(), question, "").split("[\\s,]+"))
        .filter(word -> !word.isEmpty() && !word.equals("none"))
        .toList();
  }

  boolean agree(String question, boolean offered) {
    String answer = text(Optional.empty(), question + (offered ? " (Y/n)" : " (y/N)"), "");
    return answer.isEmpty() ? offered : answer.matches("(?i)y(es)?|s[ií]?");
  }

  private String answer(String question, String offered) {
    cloudy.out().print(question + (offered.isEmpty() ? "" : " [" + offered + "]") + ": ");
    cloudy.out().flush();
    try {
      String line = in.readLine();
      if (line == null) {
        throw new CliException(
            Cloudy.WRONG_USE, "Nobody answered. Without a person, use --yes and the options.");
      }
      if (line.length() > MOST) {
        throw new CliException(Cloudy.WRONG_USE, "That answer is too long.");
      }
      return line.isBlank() ? offered : line.strip();
    } catch (IOException e) {
      throw new CliException(Cloudy.FAILED, "Could not read the answer: " + e.getMessage() + ".");
    }
  }
}
