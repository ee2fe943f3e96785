package community.cloudy.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the tests of every module must not do. */
final class TestRulesTest {
  private static JavaClasses testsOfEveryModule() throws IOException {
    try (Stream<Path> folders = Files.find(Path.of("..").toRealPath(), 5, (p, a) -> isTests(p))) {
      List<Path> found = folders.toList();
      assertThat(found).isNotEmpty();
      return new ClassFileImporter().importPaths(found);
    }
  }

  private static boolean isTests(Path path) {
    return path.endsWith(Path.of("target", "test-classes"));
  }

  @Test
  void testsNeverSleep() throws IOException {
    // Benchmarks measure what the time does.
    noClasses()
        .that()
        .resideOutsideOfPackage("..jmh_generated..")
        .and()
        .haveSimpleNameNotEndingWith("Bench")
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", long.class, int.class)
        .orShould()
        .callMethod(TimeUnit.class, "sleep", long.class)
        .check(testsOfEveryModule());
  }
}
