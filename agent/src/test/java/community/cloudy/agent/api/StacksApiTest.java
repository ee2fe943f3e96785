package community.cloudy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.auth.Role;
import community.cloudy.containers.policy.PolicyException;
import community.cloudy.containers.policy.Refusal;
import community.cloudy.containers.stacks.StackException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class StacksApiTest {
  @TempDir private Path folder;
  private ApiRig rig;

  @BeforeEach
  void start() throws Exception {
    rig = new ApiRig(folder);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void aNodeWithoutAnEngineSaysSo() throws Exception {
    RawHttp.Answer answer = rig.tcp(Role.VIEWER).get("/v1/stacks");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.json().path("detail").asText()).contains("containers.engine");
  }

  @Test
  void onlyAdminsAllowWhatThePolicyRefuses() throws Exception {
    String body = "{\"exception\": \"privileged\"}";
    String json = "Content-Type: application/json";

    assertThat(rig.tcp(Role.OPERATOR).send("POST", "/v1/stacks/a/exceptions", body, json).status())
        .isEqualTo(403);
    assertThat(rig.tcp(Role.ADMIN).send("POST", "/v1/stacks/a/exceptions", body, json).status())
        .isEqualTo(503);
    String wrong = "{\"exception\": \"everything\"}";
    assertThat(rig.tcp(Role.ADMIN).send("POST", "/v1/stacks/a/exceptions", wrong, json).status())
        .isEqualTo(400);
  }

  @Test
  void aRefusalNamesEachKey() {
    PolicyException refused =
        new PolicyException(
            List.of(new Refusal("services.a.pid", "compose.yaml", 3, "is bad", "Mend it.")));

    Problem problem = ApiException.problemOf(refused);

    assertThat(problem.code()).isEqualTo(ProblemCode.POLICY);
    assertThat(problem.errors())
        .containsExactly(
            new Problem.Fault(
                "key", "services.a.pid", "services.a.pid (compose.yaml line 3) is bad. Mend it."));
  }

  @Test
  void whatIsDoneToAStackMeanwhileIsAConflict() {
    StackException busy = new StackException(StackException.Code.CONFLICT, "Wait.");

    assertThat(ApiException.problemOf(busy).code()).isEqualTo(ProblemCode.CONFLICT);
  }
}
