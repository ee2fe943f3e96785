package community.cloudy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.agent.api.ApiStartException;
import community.cloudy.agent.config.AgentConfig;
import community.cloudy.agent.config.ConfigFiles;
import community.cloudy.agent.identity.StateException;
import community.cloudy.gossip.serf.SerfException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AgentTest {
  @TempDir private Path folder;
  private final List<FakeCommunity> communities = new ArrayList<>();

  private AgentConfig config(String extra) throws IOException {
    Path file = folder.resolve("cloudy.yaml");
    Files.writeString(
        file,
        "node: {name: attic, data: %1$s/data}\napi: {listen: , socket: %1$s/sock}\ncontainers: {engine: }\n%2$s"
            .formatted(folder, extra));
    return new ConfigFiles(Optional.of(file), List.of()).load();
  }

  private Agent start(AgentConfig config) {
    return Agent.start(
        "1",
        new ConfigFiles(Optional.of(folder.resolve("cloudy.yaml")), List.of()),
        config,
        (identity, state, news, left) -> {
          FakeCommunity community = new FakeCommunity(identity.name(), news.changes());
          communities.add(community);
          return community;
        });
  }

  @Test
  void leavesWhenItStops() throws IOException {
    start(config("")).close();

    assertThat(communities.get(0).asked()).containsExactly("leave for now", "close");
  }

  @Test
  void seesWhetherItIsWell() throws IOException {
    Agent agent = start(config(""));
    assertThat(agent.isWell()).isTrue();

    agent.close();

    assertThatThrownBy(agent::isWell).isInstanceOf(IOException.class);
  }

  @Test
  void doesNotLeaveTwice() throws IOException {
    try (Agent agent = start(config(""))) {
      assertThat(agent.api().port()).isEmpty();
      communities.get(0).leave().join();
    }

    assertThat(communities.get(0).asked()).containsExactly("leave", "close");
  }

  @Test
  void stopsWithoutLeavingWhereThatIsWanted() throws IOException {
    start(config("gossip: {leave_on_stop: false}\n")).close();

    assertThat(communities.get(0).asked()).containsExactly("close");
  }

  @Test
  void canBeStartedAgainAfterAStop() throws IOException {
    start(config("")).close();
    start(config("")).close();

    assertThat(communities).hasSize(2);
  }

  @Test
  void refusesASecondAgentOnItsStateFolder() throws IOException {
    AgentConfig config = config("");
    try (Agent first = start(config)) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> start(config))
          .isInstanceOf(StateException.class)
          .hasMessageContaining("another agent");
    }
  }

  @Test
  void stopsWhatHasStartedWhenAPartCannot() throws IOException {
    AgentConfig config = config("");
    Files.writeString(folder.resolve("sock"), "in the way");

    assertThatThrownBy(() -> start(config)).isInstanceOf(ApiStartException.class);

    assertThat(communities.get(0).asked()).containsExactly("close");
    Files.delete(folder.resolve("sock"));
    start(config).close();
  }

  @Test
  void passesOnWhyGossipCannotStart() throws IOException {
    AgentConfig config = config("");

    assertThatThrownBy(
            () ->
                Agent.start(
                    "1",
                    new ConfigFiles(Optional.empty(), List.of()),
                    config,
                    (identity, state, news, left) -> {
                      throw new SerfException(SerfException.Code.BIND, "the port is taken");
                    }))
        .hasMessage("the port is taken");
    start(config).close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rehearsesALife(boolean idle) {
    assertThat(new IdleAgent().rehearse(idle)).isZero();
  }
}
