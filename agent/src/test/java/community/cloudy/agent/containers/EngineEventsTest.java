package community.cloudy.agent.containers;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.agent.events.EventId;
import community.cloudy.agent.events.EventLog;
import community.cloudy.containers.engine.EngineEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EngineEventsTest {
  private final EventLog log = new EventLog(InstantSource.fixed(Instant.EPOCH), new Random(1));
  private final EngineEvents events = new EngineEvents(log);

  private void happens(String kind, String action) {
    events.event(new EngineEvent(Instant.EPOCH, kind, action, "4711", Map.of("name", "pad")));
  }

  @Test
  void whatBecomesOfContainersIsToldAndTheirChecksAreNot() {
    happens("container", "exec_create: sh -c true");
    happens("image", "pull");
    happens("container", "start");
    happens("container", "health_status: unhealthy");

    assertThat(log.after(new EventId("", 0), Set.of(), 10).events())
        .extracting(event -> event.json())
        .satisfiesExactly(
            start -> assertThat(start).contains("\"name\":\"pad\",\"action\":\"start\""),
            health -> assertThat(health).contains("health_status: unhealthy"));
  }
}
