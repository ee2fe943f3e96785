package community.cloudy.containers.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
  private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

  @Test
  void readsRegistryPortRepositoryTagAndDigest() {
    ImageReference image = ImageReference.parse("10.1.2.3:5000/garden/site:1.2@" + DIGEST);

    assertThat(image.registry()).contains("10.1.2.3:5000");
    assertThat(image.repository()).isEqualTo("garden/site");
    assertThat(image.tag()).contains("1.2");
    assertThat(image.digest()).contains(DIGEST);
    assertThat(image).hasToString("10.1.2.3:5000/garden/site:1.2@" + DIGEST);
    assertThat(image.address()).isEqualTo("10.1.2.3:5000/garden/site@" + DIGEST);
  }

  @Test
  void takesLatestForNoTag() {
    assertThat(ImageReference.parse("busybox")).hasToString("busybox:latest");
    assertThat(ImageReference.parse("localhost/busybox").registry()).contains("localhost");
    assertThat(ImageReference.parse("someone/busybox").registry()).isEmpty();
    assertThat(ImageReference.parse("busybox@" + DIGEST).tag()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Busybox",
        "busybox:",
        "busybox@",
        "busybox@sha256:12",
        "../busybox",
        "busybox/",
        "/busybox",
        "bus ybox",
        "busybox?x=y",
        "busybox:la test",
        "busybox\n",
        "a//b",
        "http://host/busybox"
      })
  void refuses(String text) {
    assertThatThrownBy(() -> ImageReference.parse(text))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.code()).isEqualTo(EngineException.Code.INVALID));
  }

  @Test
  void refusesAnEndlessNameAtOnce() {
    assertThatThrownBy(() -> ImageReference.parse("a-".repeat(100_000)))
        .isInstanceOf(EngineException.class);
    assertThatThrownBy(() -> ImageReference.parse("a".repeat(250) + "/" + "b".repeat(100)))
        .isInstanceOf(EngineException.class);
  }
}
