package community.cloudy.containers.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class LocksTest {
  private final Locks locks = new Locks();

  private void elsewhere(String name) {
    CompletableFuture.runAsync(() -> locks.run(name, () -> {})).join();
  }

  @Test
  void refusesWhileAnotherThreadIsAtIt() {
    locks.run(
        "s",
        () ->
            assertThatThrownBy(() -> elsewhere("s"))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                    StackException.class,
                    e -> assertThat(e.code()).isEqualTo(StackException.Code.CONFLICT)));
  }

  @Test
  void leavesOtherStacksAlone() {
    locks.run("s", () -> elsewhere("t"));
  }

  @Test
  void whatAThreadBeginsWithinIsPartOfItsWork() {
    locks.run(
        "s",
        () -> {
          locks.run("s", () -> {});
          assertThatThrownBy(() -> elsewhere("s")).hasMessageContaining("Wait for its end");
        });
    elsewhere("s");
  }

  @Test
  void whatFailsLetsGo() {
    assertThatThrownBy(
            () ->
                locks.run(
                    "s",
                    () -> {
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    elsewhere("s");
  }
}
