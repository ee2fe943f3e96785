package community.cloudy.containers.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import community.cloudy.containers.apps.AppFolder;
import community.cloudy.containers.apps.AppId;
import community.cloudy.containers.apps.Form;
import community.cloudy.containers.apps.Installation;
import community.cloudy.containers.apps.ShippedApps;
import community.cloudy.containers.engine.Engine;
import community.cloudy.containers.engine.EngineConfig;
import community.cloudy.containers.policy.Policy;
import community.cloudy.containers.policy.Settings;
import community.cloudy.containers.stacks.Compose;
import community.cloudy.containers.stacks.StackFiles;
import community.cloudy.containers.stacks.Stacks;
import community.cloudy.containers.stacks.Times;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shipped app, filled in and resolved by the real Compose, is allowed on any node. */
final class ShippedAppsPolicyIT {
  private static final Map<AppId, AppFolder> APPS = ShippedApps.all();

  @TempDir Path temp;

  static Set<AppId> ids() {
    return APPS.keySet();
  }

  private static StackFiles files(AppFolder app) {
    Map<String, String> values = new TreeMap<>();
    app.app().fields().stream()
        .filter(field -> field.required() && field.fallback().isEmpty() && !field.isSecret())
        .forEach(field -> values.put(field.name(), "example.org"));
    app.app().fields().stream()
        .filter(field -> field.isSecret())
        .forEach(field -> values.put(field.name(), "a $ecret of length"));
    Installation made = Form.fill(app, values, port -> true, new Random(1));
    TreeMap<String, byte[]> files = new TreeMap<>(made.files().files());
    files.put(StackFiles.ENV, made.env().getBytes(StandardCharsets.UTF_8));
    made.secrets()
        .forEach(
            (name, value) -> files.put("secrets/" + name, value.getBytes(StandardCharsets.UTF_8)));
    return new StackFiles(files);
  }

  @ParameterizedTest
  @MethodSource("ids")
  void isAllowed(AppId id) {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/docker-compose")), "needs docker-compose");
    Path socket = temp.resolve("no.sock");
    InstantSource clock = InstantSource.system();
    try (Engine engine = Engine.at(EngineConfig.of("unix://" + socket), clock, new Random(1))) {
      Stacks stacks =
          new Stacks(
              temp.resolve("stacks"),
              engine,
              new Policy(Settings.of(Settings.LIMITS, "10.1.2.3", socket)),
              Compose.finder(socket, temp),
              clock,
              Times.USUAL);

      assertThat(stacks.validate(id.value(), files(APPS.get(id)))).isEmpty();
    }
  }
}
