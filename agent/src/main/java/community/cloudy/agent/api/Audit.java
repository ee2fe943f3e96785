package community.cloudy.agent.api;

import community.cloudy.auth.AuditEntry.Outcome;
import community.cloudy.auth.AuditLog;
import community.cloudy.auth.Person;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes every change that somebody known made or tried into the audit log. */
final class Audit {
  private final AuditLog log;
  private final RefusalLimit limit;

  Audit(AuditLog log, InstantSource clock) {
    this.log = log;
    limit = new RefusalLimit(clock);
  }

  /** Notes a change that a caller was not let do, unless they try all the time. */
  void refused(Routes.Found found, Caller caller, ApiException refusal) {
    OptionalInt unwritten = limit.admit(caller.person().map(Person::login).orElse(""));
    if (unwritten.isPresent()) {
      String more =
          unwritten.getAsInt() > 0
              ? " (%d more were refused and not written.)".formatted(unwritten.getAsInt())
              : "";
      write(found, caller, "", Outcome.REFUSED, refusal.problem().detail() + more);
    }
  }

  /** Notes how a change went; {@code failure} is empty where there is an answer. */
  void ended(
      Routes.Found found,
      Caller caller,
      Body body,
      Optional<Answer> answer,
      Optional<Problem> failure) {
    String object = found.route().deed().map(deed -> body.peek(deed.field())).orElse("");
    if (failure.isPresent()) {
      ProblemCode code = failure.get().code();
      boolean refused = code.status() == 401 || code.status() == 403;
      // What was wrong with a request may quote it, and there may be a secret in it.
      String why =
          code == ProblemCode.BAD_REQUEST ? code.title() : String.valueOf(failure.get().detail());
      write(found, caller, object, refused ? Outcome.REFUSED : Outcome.FAILED, why);
      return;
    }
    boolean failed =
        answer.filter(sent -> sent instanceof Reply reply && reply.status() >= 400).isPresent();
    write(found, caller, object, failed ? Outcome.FAILED : Outcome.DONE, "");
  }

  private void write(
      Routes.Found found, Caller caller, String named, Outcome outcome, String detail) {
    Optional<Person> person = caller.person();
    Optional<Route.Deed> deed = found.route().deed();
    if (person.isEmpty() || deed.isEmpty()) {
      return;
    }
    Map<String, String> path = found.path();
    String object =
        Stream.concat(
                found.route().path().names().stream().map(name -> path.getOrDefault(name, "")),
                Stream.of(named))
            .filter(Predicate.not(String::isEmpty))
            .collect(Collectors.joining("/"));
    log.record(person.get(), caller.from(), deed.get().action(), object, outcome, detail);
  }
}
