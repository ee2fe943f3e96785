package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.text.Printable;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/** Waits for a job that was begun, and shows how far it is: a bar where somebody looks. */
final class FollowedJob {
  private static final int WIDTH = 24;

  private final Cloudy cloudy;
  private final boolean looked;
  private String shown = "";

  FollowedJob(Cloudy cloudy) {
    this.cloudy = cloudy;
    looked = Optional.ofNullable(System.console()).isPresent() && !cloudy.wantsJson();
  }

  /**
   * Waits until the job in {@code answer} is over.
   *
   * @return it
   * @throws CliException if it did not succeed
   */
  JsonNode await(JsonNode answer) {
    String path = "/v1/jobs/" + answer.path("id").asText() + "?wait=50s";
    JsonNode job = cloudy.client().watchUntil(path, FollowedJob::isOver, this::show);
    if (looked && !shown.isEmpty()) {
      cloudy.err().print("\r\u001b[K");
      cloudy.err().flush();
    }
    if (!job.path("state").asText().equals("done")) {
      String why = job.path("problem").path("detail").asText("it was cancelled");
      throw new CliException(Cloudy.FAILED, Printable.of(why));
    }
    return job;
  }

  private static boolean isOver(JsonNode job) {
    String state = job.path("state").asText();
    return !state.equals("waiting") && !state.equals("running");
  }

  private void show(JsonNode job) {
    String step = Printable.of(job.path("step").asText());
    if (step.isEmpty() || isOver(job)) {
      return;
    }
    PrintWriter err = cloudy.err();
    if (looked) {
      shown = step;
      err.print("\r\u001b[K" + bar(job) + step);
      err.flush();
    } else if (!cloudy.wantsJson() && !step.equals(shown)) {
      shown = step;
      err.println(step);
    }
  }

  private static String bar(JsonNode job) {
    long total = job.path("total").asLong(0);
    if (total <= 0) {
      return "";
    }
    double part = Math.min(1, (double) job.path("done").asLong() / total);
    int full = (int) (part * WIDTH);
    return String.format(
        Locale.ROOT, "[%s%s] %3.0f %% ", "#".repeat(full), " ".repeat(WIDTH - full), part * 100);
  }
}
