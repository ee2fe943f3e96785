package community.cloudy.containers.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
import community.cloudy.containers.engine.EngineException.Code;
import java.net.SocketException;
import java.nio.channels.ClosedByInterruptException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  @Test
  void saysWhoMayNotUseTheSocket() {
    EngineException failure =
        Failures.of(
            "list the containers", new RuntimeException(new SocketException("Permission denied")));
    assertThat(failure.code()).isEqualTo(Code.DENIED);
    assertThat(failure)
        .hasMessageStartingWith(
            "Could not list the containers: the engine's socket is not for this user. Add");
  }

  @Test
  void carriesTheEnginesOwnWordsCleaned() {
    EngineException failure =
        Failures.of(
            "start the container web",
            new NotFoundException(
                "Status 404: {\"message\":\"no \\\"web\\\"\\nhere \u001b[31m\u202e\"}\n"));
    assertThat(failure.code()).isEqualTo(Code.NOT_FOUND);
    assertThat(failure).hasMessage("Could not start the container web: no \"web\" here [31m.");
  }

  @Test
  void doesNotBlameTheEngineForWhatWasInterrupted() {
    EngineException failure =
        Failures.of("stop it", new RuntimeException(new ClosedByInterruptException()));
    assertThat(failure.code()).isEqualTo(Code.INTERRUPTED);
    assertThat(failure).hasMessage("Could not stop it: it was interrupted.");
  }

  @Test
  void cutsWhatIsTooLong() {
    String message = "{\"message\":\"" + "x".repeat(1_000_000) + "\"}";
    EngineException failure = Failures.of("start it", new InternalServerErrorException(message));
    assertThat(failure.code()).isEqualTo(Code.FAILED);
    assertThat(failure.getMessage()).hasSizeLessThan(600);
  }
}
