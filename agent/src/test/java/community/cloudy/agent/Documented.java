package community.cloudy.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The lines that documents have their readers type. Each is run by a test, or stands here with the
 * reason why none does.
 */
final class Documented {
  /**
   * Lines of a page that no test here types.
   *
   * @param page its name, or {@code *} for every page
   * @param lines a regular expression of them, without their comments
   * @param why they are not
   */
  record Untyped(String page, String lines, String why) {
    boolean holds(Path file, String line) {
      return (page.equals("*") || file.endsWith(page)) && line.matches(lines);
    }
  }

  static final List<Untyped> UNTYPED =
      List.of(
          new Untyped("*", "apt install .*", "changes the machine; packaging/install-test does it"),
          new Untyped("tutorial.md", ".*", "packaging/install-test types it on two boxes"),
          new Untyped("*", "cloudy setup.*", "writes to /etc; packaging/install-test does it"),
          new Untyped("install.md", "cloudy user passwd admin", "people.md says it, too"),
          new Untyped("install.md", "cloudy members", "running-a-node.md says it, too"),
          new Untyped(
              "install.md",
              "(journalctl|install|systemctl (status|reload|restart)) .*",
              "needs systemd and the package; packaging/install-test does it"),
          new Untyped("install.md", "systemctl edit cloudy", "opens an editor"),
          new Untyped(
              "install.md",
              "(PARTS=tutorial )?packaging/install-test( trixie)?",
              "takes minutes on a machine of its own"),
          new Untyped("install.md", "gpg --verify .*", "needs what is signed at a release"),
          new Untyped(
              "backup.md",
              "cloudy backup node .*|cloudy restore .*|systemctl (stop|start) cloudy",
              "takes the folders of a whole box; packaging/install-test does it"),
          new Untyped("*", "adduser .*", "changes the machine's users"),
          new Untyped("README.md", "\\./(run|test)", "builds what is being tested"),
          new Untyped(
              "running-a-node.md",
              "cloudy agent --config .*",
              "never ends; each test that has an agent starts it so"),
          new Untyped(
              "*", "mvn .*", "takes minutes, or is the build that has made what is being tested"),
          new Untyped("performance.md", "agentbench\\.py .*", "is not in these sources"),
          new Untyped("performance.md", "cd agent/dashboard && node bench/load.*", "takes minutes"),
          new Untyped("performance.md", "java -cp .* org\\.openjdk\\.jmh.*", "takes minutes"));

  private Documented() {}

  static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(Reference.DOCS)) {
      return Stream.concat(
              Stream.of(Path.of("../README.md")),
              files.filter(file -> file.toString().endsWith(".md")).sorted())
          .toList();
    }
  }

  /** Returns all lines that a reader of the page types. */
  static List<String> lines(Path page) throws IOException {
    return Markdown.of(page).blocks().stream().flatMap(block -> block.typed().stream()).toList();
  }

  static Optional<Untyped> untyped(Path page, String line) {
    String words = line.replaceFirst("\\s+#.*", "");
    return UNTYPED.stream().filter(entry -> entry.holds(page, words)).findFirst();
  }

  /** Returns those that a test types. */
  static List<String> typed(String name) throws IOException {
    Path page = Reference.DOCS.resolve(name).normalize();
    return lines(page).stream()
        .filter(line -> !line.isBlank() && untyped(page, line).isEmpty())
        .toList();
  }
}
