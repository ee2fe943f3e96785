package community.cloudy.containers.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.containers.Dockerd;
import community.cloudy.containers.Progress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a power cut, with nobody to ask, what should be up is up. */
final class PowerCutIT {
  @TempDir static Path engineFolder;

  @TempDir Path root;

  @Test
  void downStaysDownAndUpComesBackWithoutARegistry() throws Exception {
    try (Dockerd dockerd = Dockerd.start(engineFolder);
        StacksRig rig = new StacksRig(dockerd.socket(), root)) {
      rig.stacks.create("a", StacksRig.sleeper("one", ""), "ana", Progress.NONE);
      rig.stacks.create("b", StacksRig.sleeper("one", ""), "ana", Progress.NONE);
      rig.stacks.down("b", Progress.NONE);
      dockerd.killRegistry();
      powerCut(dockerd);

      rig.stacks.restore();

      assertThat(state(rig, "a")).isEqualTo(ServiceState.State.OK);
      assertThat(state(rig, "b")).isEqualTo(ServiceState.State.ABSENT);
      assertThat(dockerd.docker("ps", "-aq").split("\n", -1)).hasSize(1);
    }
  }

  private static ServiceState.State state(StacksRig rig, String stack) {
    return rig.stacks.get(stack).services().orElseThrow().get(0).state();
  }

  /** Kills the engine and the containers' processes, as if at once. */
  private static void powerCut(Dockerd dockerd) throws Exception {
    String id = dockerd.docker("ps", "-q");
    String pid = dockerd.docker("inspect", "-f", "{{.State.Pid}}", id);
    dockerd.killEngine();
    ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
    dockerd.startEngine();
  }
}
