package community.cloudy.agent.api;

import community.cloudy.agent.config.ConfigException;
import community.cloudy.agent.text.Printable;
import community.cloudy.auth.AuthException;
import community.cloudy.containers.apps.AppException;
import community.cloudy.containers.backup.BackupException;
import community.cloudy.containers.engine.EngineException;
import community.cloudy.containers.policy.PolicyException;
import community.cloudy.containers.stacks.StackException;
import community.cloudy.gossip.discovery.DiscoveryException;
import community.cloudy.gossip.serf.SerfException;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.settings.SettingsException;
import java.util.List;
import java.util.concurrent.CompletionException;

/** A request that is answered with a problem. */
final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  ApiException(Problem problem) {
    super(problem.detail());
    this.problem = problem;
  }

  ApiException(ProblemCode code, String detail) {
    this(Problem.of(code, detail));
  }

  static ApiException badRequest(List<Problem.Fault> faults) {
    String detail = faults.get(0).name() + " " + faults.get(0).detail();
    return new ApiException(new Problem(ProblemCode.BAD_REQUEST, detail, faults));
  }

  Problem problem() {
    return problem;
  }

  /** Returns what a caller is told of {@code failure}; what is not foreseen, the log tells. */
  static Problem problemOf(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof ApiException refused) {
      return refused.problem();
    }
    if (cause instanceof AuthException refused) {
      return problemOf(refused);
    }
    if (cause instanceof DiscoveryException refused) {
      return problemOf(refused);
    }
    if (cause instanceof SerfException refused) {
      return problemOf(refused);
    }
    if (cause instanceof EngineException refused) {
      return problemOf(refused);
    }
    if (cause instanceof PolicyException refused) {
      return problemOf(refused);
    }
    if (cause instanceof StackException refused) {
      return problemOf(refused);
    }
    if (cause instanceof AppException refused) {
      return problemOf(refused);
    }
    if (cause instanceof BackupException refused) {
      return problemOf(refused);
    }
    if (cause instanceof ServiceException refused) {
      return problemOf(refused);
    }
    if (cause instanceof SettingsException refused) {
      return problemOf(refused);
    }
    if (cause instanceof ConfigException refused) {
      return Problem.of(ProblemCode.CONFLICT, Printable.of(String.valueOf(refused.getMessage())));
    }
    return Problem.of(ProblemCode.FAILED, "The node's log says why.");
  }

  private static Problem problemOf(ServiceException failure) {
    ProblemCode code =
        switch (failure.code()) {
          case INVALID -> ProblemCode.BAD_REQUEST;
          case NOT_FOUND -> ProblemCode.NOT_FOUND;
          case CONFLICT -> ProblemCode.CONFLICT;
          case MISSING, UNAVAILABLE -> ProblemCode.UNAVAILABLE;
          case FAILED -> ProblemCode.FAILED;
        };
    return Problem.of(code, Printable.of(String.valueOf(failure.getMessage())));
  }

  private static Problem problemOf(SettingsException failure) {
    List<Problem.Fault> faults =
        failure.problems().stream()
            .map(p -> Problem.Fault.pointer(p.pointer(), Printable.of(p.message())))
            .toList();
    return new Problem(
        ProblemCode.BAD_REQUEST, Printable.of(String.valueOf(failure.getMessage())), faults);
  }

  private static Problem problemOf(AppException failure) {
    ProblemCode code =
        switch (failure.code()) {
          case INVALID -> ProblemCode.BAD_REQUEST;
          case NOT_FOUND -> ProblemCode.NOT_FOUND;
          case UNTRUSTED -> ProblemCode.CONFLICT;
          case UNAVAILABLE -> ProblemCode.UNREACHABLE;
        };
    List<Problem.Fault> faults =
        failure.problems().stream()
            .map(p -> new Problem.Fault("field", p.place(), Printable.of(p.message())))
            .toList();
    return new Problem(code, Printable.of(String.valueOf(failure.getMessage())), faults);
  }

  private static Problem problemOf(BackupException failure) {
    ProblemCode code =
        switch (failure.code()) {
          case INVALID -> ProblemCode.BAD_REQUEST;
          case NOT_FOUND -> ProblemCode.NOT_FOUND;
          case CONFLICT, DAMAGED -> ProblemCode.CONFLICT;
          case NO_ROOM -> ProblemCode.FULL;
          case FAILED -> ProblemCode.FAILED;
        };
    return Problem.of(code, Printable.of(String.valueOf(failure.getMessage())));
  }

  private static Problem problemOf(EngineException failure) {
    ProblemCode code =
        switch (failure.code()) {
          case INVALID -> ProblemCode.BAD_REQUEST;
          case NOT_FOUND -> ProblemCode.NOT_FOUND;
          case CONFLICT -> ProblemCode.CONFLICT;
          case UNAVAILABLE, DENIED, INTERRUPTED -> ProblemCode.UNAVAILABLE;
          case REGISTRY -> ProblemCode.UNREACHABLE;
          case FAILED -> ProblemCode.FAILED;
        };
    return Problem.of(code, Printable.of(failure.getMessage()));
  }

  private static Problem problemOf(PolicyException refused) {
    List<Problem.Fault> faults =
        refused.refusals().stream()
            .map(r -> new Problem.Fault("key", Printable.of(r.key()), Printable.of(r.toString())))
            .toList();
    return new Problem(
        ProblemCode.POLICY, Printable.of(String.valueOf(refused.getMessage())), faults);
  }

  private static Problem problemOf(StackException failure) {
    ProblemCode code =
        switch (failure.code()) {
          case INVALID -> ProblemCode.BAD_REQUEST;
          case NOT_FOUND -> ProblemCode.NOT_FOUND;
          case EXISTS -> ProblemCode.EXISTS;
          case CONFLICT -> ProblemCode.CONFLICT;
          case UNAVAILABLE -> ProblemCode.UNAVAILABLE;
          case FAILED, STORAGE -> ProblemCode.FAILED;
        };
    return Problem.of(code, Printable.of(String.valueOf(failure.getMessage())));
  }

  private static Problem problemOf(AuthException failure) {
    ProblemCode code =
        switch (failure.code()) {
          case INVALID -> ProblemCode.BAD_REQUEST;
          case NOT_FOUND -> ProblemCode.NOT_FOUND;
          case EXISTS -> ProblemCode.EXISTS;
          case REFUSED -> ProblemCode.FORBIDDEN;
          case FULL -> ProblemCode.FULL;
          case BUSY -> ProblemCode.BUSY;
          case STORAGE -> ProblemCode.FAILED;
        };
    return Problem.of(code, String.valueOf(failure.getMessage()));
  }

  private static Problem problemOf(DiscoveryException failure) {
    ProblemCode code =
        switch (failure.code()) {
          case INVALID -> ProblemCode.BAD_REQUEST;
          case UNKNOWN -> ProblemCode.NOT_FOUND;
          case EXISTS -> ProblemCode.EXISTS;
          case FULL -> ProblemCode.FULL;
          case STORAGE -> ProblemCode.FAILED;
        };
    return Problem.of(code, String.valueOf(failure.getMessage()));
  }

  private static Problem problemOf(SerfException failure) {
    ProblemCode code =
        switch (failure.code()) {
          case INVALID -> ProblemCode.BAD_REQUEST;
          case UNREACHABLE -> ProblemCode.UNREACHABLE;
          case CLOSED -> ProblemCode.LEFT;
          case TIMEOUT -> ProblemCode.TIMEOUT;
          case BUSY -> ProblemCode.BUSY;
          case BIND, STORAGE -> ProblemCode.FAILED;
        };
    return Problem.of(code, String.valueOf(failure.getMessage()));
  }
}
