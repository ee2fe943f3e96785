package community.cloudy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.auth.Role;
import community.cloudy.gossip.serf.KeyReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeysTest {
  private static final String KEY = "AAECAwQFBgcICQoLDA0ODw==";
  private static final String OTHER = "EBESExQVFhcYGRobHB0eHw==";

  @TempDir private Path folder;
  private ApiRig rig;

  @BeforeEach
  void start() throws IOException {
    rig = new ApiRig(folder);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private static String change(String action, String key) {
    return "{\"action\":\"" + action + "\",\"key\":\"" + key + "\"}";
  }

  @Test
  void listsKeysTheMostUsedFirst() throws IOException {
    rig.community()
        .report(
            new KeyReport(
                3,
                2,
                1,
                Map.of("roof", "b", "cellar", "a"),
                Map.of(KEY, 2, OTHER, 1),
                Map.of(OTHER, 1)));

    assertThat(rig.unix().get("/v1/keys").body())
        .isEqualTo(
            "{\"complete\":false,\"nodes\":3,\"responses\":2,\"errors\":1,\"kept\":false,"
                + "\"messages\":{\"cellar\":\"a\",\"roof\":\"b\"},\"keys\":["
                + "{\"key\":\"EBESExQVFhcYGRobHB0eHw==\",\"nodes\":1,\"primary\":1},"
                + "{\"key\":\"AAECAwQFBgcICQoLDA0ODw==\",\"nodes\":2,\"primary\":0}]}");
  }

  @Test
  void changesKeysEverywhere() throws IOException {
    RawHttp.Answer answer = rig.unix().post("/v1/keys", change("install", OTHER));
    rig.unix().post("/v1/keys", change("use", OTHER));
    rig.unix().post("/v1/keys", change("remove", KEY));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("complete").asBoolean()).isTrue();
    assertThat(rig.community().asked())
        .containsExactly("install key of 16", "use key of 16", "remove key of 16");
  }

  @Test
  void isAProblemWhenNotEveryNodeHasDoneIt() throws IOException {
    rig.community().report(new KeyReport(3, 2, 1, Map.of("roof", "full"), Map.of(), Map.of()));

    RawHttp.Answer answer = rig.unix().post("/v1/keys", change("install", OTHER));

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().path("type").asText()).isEqualTo("urn:cloudy:problem:keys-incomplete");
    assertThat(answer.json().path("detail").asText())
        .startsWith("Could not install the key everywhere: of 3 nodes 2 answered, 1 of them");
    assertThat(answer.json().at("/report/messages/roof").asText()).isEqualTo("full");
  }

  @ParameterizedTest
  @CsvSource({
    "rotate,  AAECAwQFBgcICQoLDA0ODw==, #/action",
    "install, AAECAw==,                 #/key",
    "install, not+base64!,              #/key",
    "use,     '',                       #/key",
  })
  void pointsAtTheFieldThatIsWrongAndNeverQuotesAKey(String action, String key, String pointer)
      throws IOException {
    RawHttp.Answer answer = rig.unix().post("/v1/keys", change(action, key));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/errors").findValuesAsText("pointer")).contains(pointer);
    assertThat(key.isEmpty() || !answer.body().contains(key)).isTrue();
    assertThat(rig.community().asked()).isEmpty();
  }

  @Test
  void tellsViewersNothing() throws IOException {
    RawHttp.Answer answer = rig.tcp(Role.VIEWER).get("/v1/keys");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.json().path("detail").asText()).contains("takes the role admin");
    assertThat(rig.tcp(Role.VIEWER).post("/v1/keys", change("use", KEY)).status()).isEqualTo(403);
    assertThat(rig.community().asked()).isEmpty();
  }
}
