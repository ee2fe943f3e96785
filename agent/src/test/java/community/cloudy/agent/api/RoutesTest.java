package community.cloudy.agent.api;

import static community.cloudy.auth.Role.ADMIN;
import static community.cloudy.auth.Role.OPERATOR;
import static community.cloudy.auth.Role.VIEWER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RoutesTest {
  private static final Route.Endpoint ANY =
      call -> CompletableFuture.completedFuture(new Reply(200, "text/plain", new byte[0]));
  private static final Route.Deed DEED = Route.Deed.of("service.change");
  private static final Route LIST = Route.get(VIEWER, "/v1/services", Set.of("type"), ANY);
  private static final Route OWN = Route.get(VIEWER, "/v1/services/own", ANY);
  private static final Route NODE = Route.get(ADMIN, "/v1/services/{node}", ANY);
  private static final Route ONE = Route.get(VIEWER, "/v1/services/{node}/{id}", ANY);
  private static final Route PUT = Route.put(OPERATOR, "/v1/services/{node}/{id}", DEED, ANY);
  private static final Route DELETE = Route.delete(OPERATOR, "/v1/services/{node}/{id}", DEED, ANY);

  private final Routes routes = new Routes(List.of(LIST, OWN, NODE, ONE, PUT, DELETE));

  @Test
  void findsByMethodAndPath() {
    assertThat(routes.find("GET", "/v1/services").route()).isEqualTo(LIST);
    assertThat(routes.find("HEAD", "/v1/services").route()).isEqualTo(LIST);
    assertThat(routes.find("PUT", "/v1/services/attic/proxy").route()).isEqualTo(PUT);
    assertThat(routes.find("DELETE", "/v1/services/attic/proxy").route()).isEqualTo(DELETE);
  }

  @Test
  void prefersTheEarlierOfTwoThatFit() {
    assertThat(routes.find("GET", "/v1/services/own").route()).isEqualTo(OWN);
    assertThat(routes.find("GET", "/v1/services/owned").route()).isEqualTo(NODE);
  }

  @ParameterizedTest
  @CsvSource({
    "attic,             attic",
    "caf%C3%A9,         café",
    "café,              café",
    "a%20b,             a b",
    "a+b,               a+b",
    "a%2Bb,             a+b",
    "{node},            {node}",
    "%25,               %",
    "%252F,             %2F",
  })
  void decodesValuesOnce(String encoded, String value) {
    assertThat(routes.find("GET", "/v1/services/" + encoded + "/x").path())
        .isEqualTo(Map.of("node", value, "id", "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%2Fb", "a%00", "%0A"})
  void refusesValuesNothingIsCalled(String encoded) {
    assertThatThrownBy(() -> routes.find("GET", "/v1/services/x/" + encoded))
        .isInstanceOf(ApiException.class)
        .hasMessageStartingWith("id must be at most 256 characters");
  }

  @Test
  void boundsValues() {
    String longest = "a".repeat(256);

    assertThat(routes.find("GET", "/v1/services/" + longest).path()).containsEntry("node", longest);
    assertThatThrownBy(() -> routes.find("GET", "/v1/services/a" + longest))
        .isInstanceOf(ApiException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/", "v1/services", "/v1/services/", "/v1/services//x", "/v1/services/a/b/c"})
  void knowsNoOtherPath(String path) {
    assertThatThrownBy(() -> routes.find("GET", path)).hasMessageContaining("no such path");
  }

  @Test
  void listsWhatElseAPathAllows() {
    assertThatThrownBy(() -> routes.find("POST", "/v1/services/attic/proxy"))
        .hasMessage("allowed: DELETE, GET, HEAD, PUT");
    assertThatThrownBy(() -> routes.find("DELETE", "/v1/services"))
        .hasMessage("allowed: GET, HEAD");
  }

  @Test
  void onlyGetChangesNothing() {
    assertThat(routes.all().stream().filter(Route::changes)).containsExactly(PUT, DELETE);
  }
}
