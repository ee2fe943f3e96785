package community.cloudy.containers.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.containers.engine.Container;
import community.cloudy.containers.engine.ContainerHealth;
import community.cloudy.containers.engine.ContainerState;
import community.cloudy.containers.engine.Protocol;
import community.cloudy.containers.engine.PublishedPort;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.gossip.discovery.ServiceSpec;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelsTest {
  private static final PublishedPort HTTP = new PublishedPort("0.0.0.0", 8080, 80, Protocol.TCP);
  private static final PublishedPort DNS = new PublishedPort("10.1.2.3", 5353, 53, Protocol.UDP);

  private static Container container(String name, Map<String, String> labels) {
    Map<String, String> all = new HashMap<>(Map.of("cloudy.service.type", "website"));
    all.putAll(labels);
    return new Container(
        "a".repeat(64),
        name,
        "site:1",
        "sha256:1",
        ContainerState.RUNNING,
        "Up 1 second",
        ContainerHealth.NONE,
        Instant.EPOCH,
        all,
        List.of(),
        List.of());
  }

  private static ServiceEndpoint endpoint(Map<String, String> labels, PublishedPort... ports) {
    return Labels.spec(container("web", labels), List.of(ports)).offer().endpoints().get(0);
  }

  @Test
  void announcesThePublishedPortOfTheNode() {
    ServiceSpec spec =
        Labels.spec(
            container(
                "web",
                Map.of(
                    "cloudy.service.name", "The garden",
                    "cloudy.service.description", "Of all",
                    "cloudy.service.path", "/garden")),
            List.of(HTTP));
    assertThat(spec.id()).isEqualTo("container-web");
    assertThat(spec.offer().type()).isEqualTo("website");
    assertThat(spec.offer().name()).isEqualTo("The garden");
    assertThat(spec.offer().description()).isEqualTo("Of all");
    assertThat(spec.offer().endpoints())
        .containsExactly(new ServiceEndpoint("http", "", 8080, "/garden"));
    assertThat(Labels.isOurs(spec)).isTrue();
  }

  @Test
  void choosesThePortThatTheLabelNames() {
    assertThat(endpoint(Map.of("cloudy.service.port", "53"), HTTP, DNS))
        .isEqualTo(new ServiceEndpoint("udp", "10.1.2.3", 5353, ""));
    assertThatThrownBy(() -> endpoint(Map.of(), HTTP, DNS)).hasMessageContaining("several ports");
    assertThatThrownBy(() -> endpoint(Map.of("cloudy.service.port", "81"), HTTP))
        .hasMessageContaining("does not publish");
    assertThatThrownBy(() -> endpoint(Map.of())).hasMessageContaining("publishes no port");
  }

  @Test
  void announcesNothingThatOnlyThisNodeReaches() {
    assertThatThrownBy(
            () -> endpoint(Map.of(), new PublishedPort("127.0.0.1", 8080, 80, Protocol.TCP)))
        .hasMessageContaining("for this node alone");
  }

  @Test
  void replicasOfAComposeServiceAreOne() {
    Map<String, String> labels =
        Map.of("com.docker.compose.project", "blog", "com.docker.compose.service", "web");
    assertThat(Labels.id(container("blog_web_1", labels)))
        .isEqualTo(Labels.id(container("blog_web_2", labels)))
        .isEqualTo("container-blog-web");
    assertThat(Labels.isService(container("blog_web_run_1", oneOff(labels)))).isFalse();
  }

  private static Map<String, String> oneOff(Map<String, String> labels) {
    Map<String, String> all = new HashMap<>(labels);
    all.put("com.docker.compose.oneoff", "True");
    return all;
  }

  @ParameterizedTest
  @CsvSource({
    "type, <script>",
    "name, '\u001b[31mred'",
    "name, ''",
    "description, 'a\u202eb'",
    "path, no-slash",
    "scheme, javascript",
    "port, 99999"
  })
  void refusesWhatAnAnnouncementMustNotHold(String key, String value) {
    assertThatThrownBy(() -> endpoint(Map.of("cloudy.service." + key, value), HTTP))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesLongText() {
    assertThatThrownBy(
            () -> endpoint(Map.of("cloudy.service.description", "x".repeat(100_000)), HTTP))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
