package community.cloudy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SystemdTest {
  private final List<String> heard = new ArrayList<>();

  private Systemd systemd() {
    return new Systemd(heard::addAll, 0);
  }

  @Test
  void tellsOfTheWholeLife() {
    try (Systemd systemd = systemd()) {
      systemd.ready(() -> true);
      systemd.reload(() -> heard.add("(reload)"));
      systemd.beat(() -> true);
    }

    assertThat(heard)
        .containsExactly(
            "READY=1", "RELOADING=1", "(reload)", "READY=1", "WATCHDOG=1", "STOPPING=1");
  }

  @Test
  void keepsTheWatchdogHungryWhileTheAgentIsNotWell() {
    Systemd systemd = systemd();

    systemd.beat(() -> false);
    systemd.beat(
        () -> {
          throw new IOException("no answer");
        });

    assertThat(heard).isEmpty();
  }

  @Test
  void endsTheReloadThatFails() {
    Runnable fails =
        () -> {
          throw new IllegalStateException("fails");
        };
    assertThatThrownBy(() -> systemd().reload(fails)).hasMessage("fails");

    assertThat(heard).containsExactly("RELOADING=1", "READY=1");
  }

  @Test
  void goesOnIfNobodyHears() {
    try (Systemd systemd =
        new Systemd(
            words -> {
              throw new IOException("nobody");
            },
            0)) {
      systemd.ready(() -> true);
    }
  }

  @Test
  void saysNothingWhereItIsNotStartedBySystemd() {
    try (Systemd systemd = Systemd.of(Map.of())) {
      systemd.ready(() -> true);
    }
  }
}
