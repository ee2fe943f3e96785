package community.cloudy.services.squid.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import community.cloudy.services.spi.People;
import community.cloudy.services.spi.TestPeople;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The helper as Squid starts it, and the agent's end. */
final class LoginPipeIT {
  @TempDir Path temporary;
  private final TestPeople people = new TestPeople();
  private final Set<String> answers = new ConcurrentSkipListSet<>();
  private Process helper;
  private Writer questions;

  @BeforeEach
  void begin() throws Exception {
    people.add("maria", "right", Set.of("cn=friends,dc=example", "ou=1234,o=proxyusers"));
    Path classes =
        Path.of(LoginPipe.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    helper =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx16m",
                "-cp",
                classes.toString(),
                LoginPipe.class.getName(),
                socket().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    questions = helper.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read);
    reader.setDaemon(true);
    reader.start();
  }

  @AfterEach
  void end() {
    helper.destroyForcibly();
  }

  private Path socket() {
    return temporary.resolve("login.sock");
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(helper.getInputStream(), StandardCharsets.UTF_8))) {
      in.lines().forEach(answers::add);
    } catch (IOException e) {
      answers.add(e.toString());
    }
  }

  private void ask(String question) throws IOException {
    questions.write(question + "\n");
    questions.flush();
  }

  @Test
  void answersEachChannelByWhatTheNodeKnows() throws IOException {
    try (LoginDoor door = new LoginDoor(socket(), people)) {
      ask("0 maria right 10.1.2.3");
      ask("1 maria wrong 10.1.2.3");
      ask("2 nobody %zz 10.1.2.3");
      ask("3 " + "x".repeat(20_000) + " y 10.1.2.3");
      ask("4 maria  10.1.2.3");
      await().until(() -> answers.size() == 5);
      people.away(true);
      ask("5 maria right 10.1.2.3");
      await().until(() -> answers.size() == 6);

      assertThat(answers)
          .containsExactly(
              "0 OK is_="
                  + Marks.login("maria")
                  + ",h1234,"
                  + String.join(
                      ",",
                      new ConcurrentSkipListSet<>(
                          Set.of(
                              Marks.group("cn=friends,dc=example"),
                              Marks.group("ou=1234,o=proxyusers")))),
              "1 ERR",
              "2 ERR",
              "3 ERR",
              "4 ERR",
              "5 BH message=\"the directory is out of reach\"");
      assertThat(door.asked()).isEqualTo(5);
      assertThat(door.unavailable()).isEqualTo(1);
    }
  }

  @Test
  void keepsQuestionsWhileTheAgentIsRestarted() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    People slow =
        (name, password, from) -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new People.Refused();
        };
    try (LoginDoor door = new LoginDoor(socket(), slow)) {
      ask("7 maria right 10.1.2.3");
      await().until(() -> door.asked() == 1);
    }
    ask("8 maria right 10.1.2.3");
    try (LoginDoor door = new LoginDoor(socket(), people)) {
      await().until(() -> door.asked() == 2);
      await().until(() -> answers.size() == 2);
      assertThat(answers).allMatch(answer -> answer.matches("[78] OK is_=.*"));
    }
  }

  @Test
  void answersHundredsAtOnce() throws IOException {
    try (LoginDoor door = new LoginDoor(socket(), people)) {
      for (int i = 100; i < 900; i++) {
        ask(i + " maria right 10.1.2.3");
      }
      await().until(() -> answers.size() == 800);
      assertThat(answers).allMatch(answer -> answer.contains(" OK "));
      assertThat(door.refused()).isZero();
    }
  }
}
