package community.cloudy.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests' own engine works. */
class DockerdIT {
  @Test
  void runsAContainerFromItsRegistry(@TempDir Path folder) throws Exception {
    try (Dockerd dockerd = Dockerd.start(folder)) {
      dockerd.docker("rmi", Dockerd.BUSYBOX);
      assertThat(dockerd.docker("run", "--rm", "--pull=always", Dockerd.BUSYBOX, "echo", "hello"))
          .endsWith("hello");
    }
  }
}
