package community.cloudy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.containers.engine.ContainerRequest;
import community.cloudy.containers.engine.Mount;
import community.cloudy.containers.engine.Protocol;
import community.cloudy.containers.engine.PublishedPort;
import community.cloudy.containers.engine.RestartPolicy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunBodyTest {
  private static ContainerRequest read(String json) {
    return RunBody.read(new Body(json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void readsAContainer() {
    ContainerRequest request =
        read(
            """
            {"name": "web", "image": "nginx:1.25", "command": ["nginx", "-g", "daemon off;"],
             "environment": {"TZ": "UTC"}, "ports": ["8080:80", "127.0.0.1:53:53/udp", "[::1]:1:2"],
             "volumes": ["web_data:/data:ro", "/cache", "/srv/x:/x"], "restart": "always",
             "memory_mb": 64, "pids": 20, "cap_add": ["NET_ADMIN"], "privileged": true}
            """);

    assertThat(request.name()).contains("web");
    assertThat(request.image().toString()).isEqualTo("nginx:1.25");
    assertThat(request.program().environment()).isEqualTo(Map.of("TZ", "UTC"));
    assertThat(request.ports())
        .containsExactly(
            new PublishedPort("", 8080, 80, Protocol.TCP),
            new PublishedPort("127.0.0.1", 53, 53, Protocol.UDP),
            new PublishedPort("::1", 1, 2, Protocol.TCP));
    assertThat(request.mounts())
        .extracting(Mount::kind)
        .containsExactly(Mount.Kind.VOLUME, Mount.Kind.VOLUME, Mount.Kind.BIND);
    assertThat(request.mounts().get(0).readOnly()).isTrue();
    assertThat(request.restart()).isEqualTo(RestartPolicy.ALWAYS);
    assertThat(request.limits().memory()).isEqualTo(64L << 20);
    assertThat(request.privileges().privileged()).isTrue();
    assertThat(request.privileges().addedCapabilities()).containsExactly("NET_ADMIN");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"image\": \"x\"}",
        "{\"name\": \"a\"}",
        "{\"name\": \"a\", \"image\": \"X Y\"}",
        "{\"name\": \"a\", \"image\": \"x\", \"ports\": [\"80\"]}",
        "{\"name\": \"a\", \"image\": \"x\", \"ports\": [\"70000:1\"]}",
        "{\"name\": \"a\", \"image\": \"x\", \"volumes\": [\"data\"]}",
        "{\"name\": \"a\", \"image\": \"x\", \"restart\": \"sometimes\"}",
        "{\"name\": \"a\", \"image\": \"x\", \"memory_mb\": 1}",
        "{\"name\": \"a\", \"image\": \"x\", \"hostconfig\": {}}",
      })
  void refusesWhatIsWrongAsTheCallersFault(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(ApiException.class);
  }
}
