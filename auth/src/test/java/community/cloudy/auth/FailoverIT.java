package community.cloudy.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import community.cloudy.auth.Directory.ServerState;
import community.cloudy.auth.Directory.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two real servers of one directory, of which one fails. */
final class FailoverIT {
  private static final int LOGINS = 2000;

  @TempDir private Path folder;
  private Path certificate;
  private Path ca;
  private Slapd first;
  private Slapd second;

  @BeforeEach
  void start() throws Exception {
    Slapd.needed();
    Certificates authority = Certificates.authority(folder.resolve("ca"));
    ca = authority.ca();
    certificate = authority.sign("server", "IP:127.0.0.1", 30);
    String ldif = People.ldif();
    first = Slapd.start(folder.resolve("first"), certificate, ldif);
    second = Slapd.start(folder.resolve("second"), certificate, ldif);
  }

  @AfterEach
  void stop() {
    for (Optional<Slapd> slapd : List.of(Optional.ofNullable(first), Optional.ofNullable(second))) {
      slapd.ifPresent(Slapd::close);
    }
  }

  private static Directory open(LdapConfig config) {
    return Directory.open(config, People.ROLES, InstantSource.system());
  }

  private static Verdict ask(Directory directory, int number) {
    return directory.authenticate(new LoginName(People.login(number)), People.password(number));
  }

  @Test
  void failsNoCorrectPasswordWhileAServerDiesAndComesBack() throws Exception {
    LdapConfig config =
        People.config(
            People.trusting(ca, true),
            UserMatch.ByFilter.UID,
            Optional.of(People.ACCOUNT),
            first.url(),
            second.tlsUrl());
    ExecutorService people = Executors.newFixedThreadPool(4);
    AtomicInteger done = new AtomicInteger();
    try (Directory directory = open(config)) {
      List<Future<Verdict>> logins =
          IntStream.range(0, LOGINS)
              .mapToObj(i -> people.submit(() -> counted(ask(directory, i), done)))
              .toList();
      await().atMost(Duration.ofSeconds(60)).until(() -> done.get() >= LOGINS / 4);
      first.kill();
      await().atMost(Duration.ofSeconds(60)).until(() -> done.get() >= LOGINS / 2);
      first.start();
      Instant returned = Instant.now();
      awaitFailBack(directory);
      long millis = Duration.between(returned, Instant.now()).toMillis();
      System.out.println("The first server is asked again " + millis + " ms after its return.");
      for (Future<Verdict> login : logins) {
        assertThat(login.get()).isInstanceOf(Verdict.Accepted.class);
      }

      long before = second.logLines();
      for (int i = 0; i < 50; i++) {
        assertThat(ask(directory, i)).isInstanceOf(Verdict.Accepted.class);
      }
      assertThat(second.log(before)).isEmpty();
    } finally {
      people.shutdownNow();
    }
  }

  private static Verdict counted(Verdict verdict, AtomicInteger done) {
    done.incrementAndGet();
    return verdict;
  }

  private static void awaitFailBack(Directory directory) {
    await("fail-back")
        .atMost(Breaker.LONGEST.plusSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              assertThat(ask(directory, 1)).isInstanceOf(Verdict.Accepted.class);
              return directory.servers().get(0).state() == State.OK;
            });
  }

  @Test
  void takesARejectionForFinal() throws Exception {
    try (Directory directory = open(People.config(first.url(), second.url()))) {
      Verdict wrong =
          directory.authenticate(new LoginName("u00042"), Secret.of("not the password"));
      Verdict unknown =
          directory.authenticate(new LoginName("nobody"), Secret.of("not the password"));

      assertThat(wrong).isInstanceOf(Verdict.Refused.class);
      assertThat(unknown).isInstanceOf(Verdict.Refused.class);
      assertThat(first.binds(People.dn(42))).isEqualTo(1);
      assertThat(second.log(0)).noneMatch(line -> line.contains("BIND") || line.contains("SRCH"));
    }
  }

  @Test
  void movesOnAndSaysWhyWhenNothingListens() throws Exception {
    first.kill();
    try (Directory directory = open(People.config(first.url(), second.url()))) {
      assertThat(ask(directory, 1)).isInstanceOf(Verdict.Accepted.class);

      List<ServerState> servers = directory.servers();
      assertThat(servers.get(0).state()).isEqualTo(State.FAILING);
      assertThat(servers.get(0).reason()).contains("refuses connections");
      assertThat(servers.get(1).state()).isEqualTo(State.OK);
      assertThat(first.url()).isNotEqualTo(second.url());
    }
  }

  // Not a measure: the SDK alone would wait for ever.
  @Timeout(120)
  @Test
  void movesOnFromAServerThatAcceptsAndSaysNothing() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      for (boolean tls : new boolean[] {false, true}) {
        LdapUrl mute = new LdapUrl(tls, "127.0.0.1", silent.getLocalPort());
        LdapConfig config =
            People.config(
                new LdapConfig.Security(false, true, Optional.of(ca)),
                UserMatch.ByFilter.UID,
                Optional.of(People.ACCOUNT),
                mute,
                second.url());
        try (Directory directory = open(config)) {
          assertThat(ask(directory, 1)).isInstanceOf(Verdict.Accepted.class);
          assertThat(directory.servers().get(0).reason()).contains("does not answer");
        }
      }
    }
  }

  @Test
  void triesOnceMoreWhereTheServerClosedAKeptConnection() throws Exception {
    try (Directory directory = open(People.config(first.url()))) {
      assertThat(ask(directory, 1)).isInstanceOf(Verdict.Accepted.class);
      first.kill();
      first.start();

      assertThat(ask(directory, 2)).isInstanceOf(Verdict.Accepted.class);
      assertThat(directory.servers().get(0).state()).isEqualTo(State.OK);
    }
  }

  @Test
  void saysThatNoServerIsReachedOnlyIfNoneIs() throws Exception {
    ManualClock clock = new ManualClock();
    LdapConfig config = People.config(first.url(), second.url());
    try (Directory directory = Directory.open(config, People.ROLES, clock)) {
      first.kill();
      assertThat(ask(directory, 1)).isInstanceOf(Verdict.Accepted.class);
      second.kill();
      Verdict verdict = ask(directory, 1);
      assertThat(verdict).isInstanceOf(Verdict.Unreachable.class);
      assertThat(((Verdict.Unreachable) verdict).why().reason())
          .contains(first.url().toString())
          .contains(second.url().toString());

      second.start();
      assertThat(ask(directory, 1)).as("passed by").isInstanceOf(Verdict.Unreachable.class);
      clock.advance(Duration.ofSeconds(1));
      assertThat(ask(directory, 1)).as("tried again").isInstanceOf(Verdict.Accepted.class);
    }
  }

  @Test
  void servesHundredsOfLoginsWithOneConnection() throws IOException {
    try (Directory directory = open(People.config(first.url()))) {
      for (int i = 0; i < 300; i++) {
        assertThat(ask(directory, i)).isInstanceOf(Verdict.Accepted.class);
      }
      assertThat(first.log(0).stream().filter(line -> line.contains("ACCEPT")).count())
          .as("besides the test's own look whether it listens")
          .isLessThan(6);
    }
  }
}
