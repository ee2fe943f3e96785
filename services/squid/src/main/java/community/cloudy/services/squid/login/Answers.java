package community.cloudy.services.squid.login;

import community.cloudy.services.spi.People;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers Squid's questions by what the node knows of people. */
final class Answers {
  private static final int MAX_MARKS = 200;

  private final People people;

  Answers(People people) {
    this.people = people;
  }

  /** Says on a channel that nobody can tell now. */
  static String broken(String channel, String why) {
    return channel + " BH message=\"" + why + "\"";
  }

  /** Returns the answer to a line that holds a channel; blocks as long as a login does. */
  String to(LoginLine question) {
    String channel = question.channel();
    if (question.login().isEmpty() || question.password().isEmpty()) {
      return channel + " ERR";
    }
    People.Login login = people.login(question.login(), question.password(), question.address());
    if (login instanceof People.Known known) {
      return channel + " OK is_=" + marks(known);
    }
    return login instanceof People.Unavailable
        ? broken(channel, "the directory is out of reach")
        : channel + " ERR";
  }

  private static String marks(People.Known known) {
    return Stream.of(
            Stream.of(Marks.login(known.name())),
            known.groups().stream().map(Marks::homeOf).flatMap(Optional::stream).sorted(),
            known.groups().stream().map(Marks::group).sorted())
        .flatMap(marks -> marks)
        .distinct()
        .limit(MAX_MARKS)
        .collect(Collectors.joining(","));
  }
}
