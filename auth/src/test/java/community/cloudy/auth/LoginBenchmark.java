package community.cloudy.auth;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntPredicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Logins a second against a real slapd with 10,000 people, on this machine. Prints a line each;
 * fails if any correct password does. Run {@link #main} with the test class path; the argument is a
 * new folder for slapd.
 */
final class LoginBenchmark {
  private static final int WARM_UP = 1000;
  private static final int LOGINS = 4000;
  private static final int HASHED = 100;

  private final Path folder;
  private final Slapd slapd;
  private final Path ca;

  private LoginBenchmark(Path folder, Slapd slapd, Path ca) {
    this.folder = folder;
    this.slapd = slapd;
    this.ca = ca;
  }

  /** Runs everything once. */
  public static void main(String[] arguments) throws Exception {
    // A line a login would be measured with it.
    Logger.getLogger("").setLevel(Level.WARNING);
    Path folder = Files.createDirectories(Path.of(arguments[0]).toAbsolutePath());
    Certificates authority = Certificates.authority(folder.resolve("ca"));
    Path certificate = authority.sign("server", "IP:127.0.0.1", 30);
    try (Slapd slapd = Slapd.start(folder.resolve("slapd"), certificate, People.ldif())) {
      new LoginBenchmark(folder, slapd, authority.ca()).run();
    }
    System.out.println(
        "threads at the end: "
            + Thread.getAllStackTraces().keySet().stream().map(Thread::getName).sorted().toList());
  }

  private void run() throws Exception {
    LdapConfig.Security tls = People.trusting(ca, true);
    directory("plain", People.PLAIN, slapd.url(), 1);
    directory("plain", People.PLAIN, slapd.url(), 4);
    directory("StartTLS", tls, slapd.url(), 4);
    directory("LDAPS", tls, slapd.tlsUrl(), 1);
    directory("LDAPS", tls, slapd.tlsUrl(), 4);
    whole(tls);
  }

  private static LdapConfig config(LdapConfig.Security security, LdapUrl url) {
    return People.config(security, UserMatch.ByFilter.UID, Optional.of(People.ACCOUNT), url);
  }

  private void directory(String name, LdapConfig.Security security, LdapUrl url, int threads)
      throws Exception {
    try (Directory directory =
        Directory.open(config(security, url), People.ROLES, InstantSource.system())) {
      IntPredicate login =
          i ->
              directory.authenticate(new LoginName(People.login(i)), People.password(i))
                  instanceof Verdict.Accepted;
      measure("", WARM_UP, threads, 0, login);
      measure("directory alone, " + name + ", groups read", LOGINS, threads, WARM_UP, login);
    }
  }

  private void whole(LdapConfig.Security security) throws Exception {
    InstantSource clock = InstantSource.system();
    SecureRandom random = new SecureRandom();
    PasswordHash hash = new PasswordHash(random, Duration.ofSeconds(60));
    LdapConfig config = config(security, slapd.tlsUrl());
    LocalUsers locals = LocalUsers.open(folder.resolve("users"), hash, clock, random);
    locals.add("local", Role.VIEWER, People.password(0));
    AuditLog audit = new AuditLog(folder.resolve("audit.log"), clock);
    OfflineCache offline =
        OfflineCache.open(
            folder.resolve("offline"), Optional.of(config), People.ROLES, hash, clock, random);
    try (Directory directory = Directory.open(config, People.ROLES, clock)) {
      Login login =
          Login.of(new Throttle(clock), locals, Optional.of(directory), offline, hash, audit);
      IntPredicate person = i -> in(login, People.login(i % HASHED), People.password(i % HASHED));
      measure("whole login, LDAPS, first of each person (Argon2id, write)", HASHED, 4, 0, person);
      measure("whole login, LDAPS, same password again", LOGINS, 4, 0, person);
      IntPredicate local = i -> in(login, "local", People.password(0));
      measure("whole login, local user (Argon2id)", HASHED, 4, 0, local);
    }
  }

  private static boolean in(Login login, String name, Secret password) {
    return login.attempt(name, password, Optional.empty()) instanceof LoginResult.Accepted;
  }

  private static void measure(String what, int count, int threads, int from, IntPredicate login)
      throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      long began = System.nanoTime();
      List<Future<Boolean>> results = new ArrayList<>();
      for (int i = from; i < from + count; i++) {
        int number = i;
        results.add(pool.submit(() -> login.test(number)));
      }
      for (Future<Boolean> result : results) {
        if (!result.get()) {
          throw new IllegalStateException("a correct password was not accepted: " + what);
        }
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      if (!what.isEmpty()) {
        System.out.printf("%-62s %d threads %7.0f logins/s%n", what, threads, count / seconds);
      }
    } finally {
      pool.shutdown();
    }
  }
}
