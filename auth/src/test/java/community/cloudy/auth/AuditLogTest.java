package community.cloudy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.auth.AuditEntry.Outcome;
import community.cloudy.auth.AuditLog.Filter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditLogTest {
  private static final Person MARIA = new Person("maria", "", Role.ADMIN, Person.Means.LDAP);

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock();

  private Path file() {
    return folder.resolve("audit.log");
  }

  private AuditLog open() {
    return new AuditLog(file(), clock, 3, 2000);
  }

  private void note(AuditLog log, String action, String object) {
    log.record(MARIA, "10.1.2.3", action, object, Outcome.DONE, "");
  }

  @Test
  void readsTheNewestFirst() {
    AuditLog log = open();
    note(log, "user.add", "joan");
    clock.advance(Duration.ofSeconds(1));
    log.recordUnknown("joan", "socket", "login", "", Outcome.REFUSED, "wrong password");

    List<AuditEntry> entries = open().read(10, Filter.ALL);
    assertThat(entries)
        .containsExactly(
            new AuditEntry(
                clock.instant(),
                "joan",
                "",
                "socket",
                "login",
                "",
                Outcome.REFUSED,
                "wrong password"),
            new AuditEntry(
                clock.instant().minusSeconds(1),
                "maria",
                "ldap",
                "10.1.2.3",
                "user.add",
                "joan",
                Outcome.DONE,
                ""));
    assertThat(open().read(1, Filter.ALL)).containsExactly(entries.get(0));
  }

  @Test
  void filters() {
    AuditLog log = open();
    note(log, "user.add", "a");
    Instant later = clock.instant().plusSeconds(60);
    clock.set(later);
    note(log, "users", "b");
    log.recordUnknown("joan", "", "user.add", "c", Outcome.REFUSED, "");

    assertThat(objects(log, new Filter(Optional.of("maria"), Optional.empty(), Optional.empty())))
        .containsExactly("b", "a");
    assertThat(objects(log, new Filter(Optional.empty(), Optional.of("user"), Optional.empty())))
        .containsExactly("c", "a");
    assertThat(objects(log, new Filter(Optional.empty(), Optional.empty(), Optional.of(later))))
        .containsExactly("c", "b");
  }

  private static List<String> objects(AuditLog log, Filter filter) {
    return log.read(10, filter).stream().map(AuditEntry::object).toList();
  }

  @Test
  void keepsAFewFilesOfBoundedSize() throws Exception {
    AuditLog log = open();
    for (int i = 0; i < 200; i++) {
      note(log, "do", "o" + i);
    }

    assertThat(folder).isDirectoryContaining("glob:**audit.log.2");
    assertThat(folder).isDirectoryNotContaining("glob:**audit.log.3");
    for (String name : List.of("audit.log", "audit.log.1", "audit.log.2")) {
      assertThat(Files.size(folder.resolve(name))).isLessThanOrEqualTo(2000);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
          .isEqualTo("rw-------");
    }
    List<AuditEntry> all = log.read(1000, Filter.ALL);
    assertThat(all.size()).isBetween(20, 60);
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i).object()).isEqualTo("o" + (199 - i));
    }
  }

  @Test
  void survivesATornLine() throws Exception {
    note(open(), "do", "one");
    byte[] bytes = Files.readAllBytes(file());
    Files.write(file(), bytes, StandardOpenOption.APPEND);
    Files.write(
        file(), java.util.Arrays.copyOf(bytes, bytes.length / 2), StandardOpenOption.APPEND);
    note(open(), "do", "two");

    assertThat(objects(open(), Filter.ALL)).containsExactly("two", "one", "one");
  }

  @Test
  void skipsWhatIsNoEntry() throws Exception {
    note(open(), "do", "one");
    String line = Files.readString(file());
    Files.writeString(
        file(),
        line
            + "\n{}\n[]\nnull\nx\n{\"time\":1}\n{\"time\":{}}\n"
            + line.replace("DONE", "PERHAPS")
            + line.replace("2026", "once")
            + line.replace("\"who\"", "\"whom\"")
            + "[".repeat(5000)
            + "\n");

    assertThat(objects(open(), Filter.ALL)).containsExactly("one");
  }

  @Test
  void keepsEveryEntryOnOneBoundedAsciiLine() throws Exception {
    AuditLog log = new AuditLog(file(), clock);
    List<String> hostile = Hostile.logins(200);
    for (String text : hostile) {
      log.recordUnknown(text, text, text, text, Outcome.FAILED, text);
    }

    List<String> lines = Files.readAllLines(file(), StandardCharsets.US_ASCII);
    assertThat(lines).hasSize(hostile.size());
    for (String line : lines) {
      assertThat(line).hasSizeLessThan(10_000).matches("\\{[ -~]*}");
    }
    assertThat(log.read(1000, Filter.ALL)).hasSize(hostile.size());
  }

  @Test
  void takesTheEntryOfAnInterruptedThread() {
    Thread.currentThread().interrupt();
    note(open(), "do", "one");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(objects(open(), Filter.ALL)).containsExactly("one");
  }

  @Test
  void stopsNobodyWhenTheDiskDoesNotTakeIt() throws Exception {
    Files.createDirectories(file());

    note(open(), "do", "one");
  }
}
