package community.cloudy.auth;

import community.cloudy.auth.LdapStep.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Notes how far asking one server came. One thread at a time. */
final class Steps {
  private final String server;
  private final InstantSource clock;
  private final List<LdapStep> done = new ArrayList<>();
  private Kind kind = Kind.SERVER;
  private Instant began;

  Steps(String server, InstantSource clock) {
    this.server = server;
    this.clock = clock;
    this.began = clock.instant();
  }

  void begin(Kind next) {
    kind = next;
    began = clock.instant();
  }

  void ok(String detail) {
    end(true, detail, "");
  }

  void failed(Diagnosis why) {
    end(false, why.reason(), why.remedy());
  }

  private void end(boolean ok, String detail, String remedy) {
    Duration took = Duration.between(began, clock.instant());
    done.add(new LdapStep(server, kind, ok, took, Text.cleaned(detail), remedy));
  }

  /** Returns the step that was begun last. */
  Kind kind() {
    return kind;
  }

  List<LdapStep> done() {
    return List.copyOf(done);
  }
}
