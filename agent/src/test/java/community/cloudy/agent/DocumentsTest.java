package community.cloudy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.agent.cli.Cloudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Holds the documents to each other and to the commands there are. */
final class DocumentsTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern SPAN = Pattern.compile("`[^`]*`");
  private static final Pattern MENTION = Pattern.compile("`cloudy ([a-z][^`\\\\]*)`");
  private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");

  private static final Map<String, Class<?>> TYPED_BY =
      Map.ofEntries(
          Map.entry("README.md", DocumentedCallsIT.class),
          Map.entry("api.md", DocumentedCallsIT.class),
          Map.entry("people.md", DocumentedCallsIT.class),
          Map.entry("performance.md", DocumentedCallsIT.class),
          Map.entry("running-a-node.md", DocumentedCallsIT.class),
          Map.entry("services.md", DocumentedCallsIT.class),
          Map.entry("apps.md", DocumentedContainersIT.class),
          Map.entry("backup.md", DocumentedContainersIT.class),
          Map.entry("containers.md", DocumentedContainersIT.class),
          Map.entry("migrate.md", DocumentedContainersIT.class),
          Map.entry("bind.md", DocumentedModulesIT.class),
          Map.entry("graphs.md", DocumentedModulesIT.class),
          Map.entry("modules.md", DocumentedModulesIT.class),
          Map.entry("peerstreamer.md", DocumentedModulesIT.class),
          Map.entry("squid.md", DocumentedModulesIT.class),
          Map.entry("syncthing.md", DocumentedModulesIT.class));

  private final CommandLine cloudy = Cloudy.commands(new IdleAgent());
  private final List<String> wrong = new ArrayList<>();

  @Test
  void everyLinkLeadsToAFileAndAHeadingThatAreThere() throws IOException {
    int links = 0;
    for (Path page : Documented.pages()) {
      Matcher link =
          LINK.matcher(SPAN.matcher(String.join("\n", Markdown.of(page).prose())).replaceAll(""));
      for (; link.find(); links++) {
        String target = link.group(1);
        if (!target.matches("[a-z]+://.*")) {
          look(page, target);
        }
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(links).isGreaterThan(200);
  }

  @Test
  void theIndexLeadsToEveryPage() throws IOException {
    Path index = Reference.DOCS.resolve("index.md");
    Set<Path> reached = new HashSet<>(Set.of(Path.of("../README.md"), index));
    Matcher link = LINK.matcher(Files.readString(index));
    while (link.find()) {
      reached.add(index.resolveSibling(link.group(1).replaceFirst("#.*", "")));
    }

    assertThat(reached).containsAll(Documented.pages());
  }

  private void look(Path page, String target) throws IOException {
    String[] parts = target.split("#", 2);
    Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    if (!Files.exists(file)) {
      wrong.add(page + " leads to " + target + ", which is not there");
    } else if (parts.length > 1 && !anchors(file).contains(parts[1])) {
      wrong.add(page + " leads to " + target + ", which has no such heading");
    }
  }

  /** Returns what headings are called in links, where Markdown is shown as a page. */
  private static Set<String> anchors(Path file) throws IOException {
    Set<String> anchors = new HashSet<>();
    for (String line : Markdown.of(file).prose()) {
      if (line.matches("#+ .*")) {
        String words = line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT);
        assertThat(anchors.add(words.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-')))
            .as("%s has the heading %s once", file, words)
            .isTrue();
      }
    }
    return anchors;
  }

  @Test
  void everyCommandInABlockIsOneThatTheProgramTakes() throws IOException {
    int commands = 0;
    for (Path page : Documented.pages()) {
      for (Markdown.Block block : Markdown.of(page).blocks()) {
        for (List<String> words : block.commands()) {
          if (words.get(0).equals("cloudy") || words.get(0).endsWith("/bin/cloudy")) {
            take(page, words);
            commands++;
          }
        }
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(commands).isGreaterThan(100);
  }

  private void take(Path page, List<String> words) {
    try {
      cloudy.parseArgs(words.subList(1, words.size()).toArray(String[]::new));
    } catch (ParameterException e) {
      wrong.add(page + ": " + String.join(" ", words) + ": " + e.getMessage());
    }
  }

  @Test
  void everyLineThatAReaderTypesIsTypedByATestOrListedWithTheReason() throws IOException {
    Set<Documented.Untyped> used = new HashSet<>();
    for (Path page : Documented.pages()) {
      for (String line : Documented.lines(page)) {
        Optional<Documented.Untyped> untyped = Documented.untyped(page, line);
        untyped.ifPresent(used::add);
        if (untyped.isEmpty() && !line.isBlank() && !isTyped(page)) {
          wrong.add(page + ": no test types " + line);
        }
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(used).as("reasons that are still needed").containsAll(Documented.UNTYPED);
  }

  /** Whether the test that is to type a page does: it then types all of it. */
  private static boolean isTyped(Path page) throws IOException {
    String name = page.getFileName().toString();
    Class<?> test = TYPED_BY.get(name);
    return test != null
        && Files.readString(Path.of("src/test/java", test.getName().replace('.', '/') + ".java"))
            .matches("(?s).*\"(\\.\\./)?" + name + "\".*");
  }

  @Test
  void everyCommandAndOptionThatIsMentionedIsThere() throws IOException {
    int mentions = 0;
    for (Path page : Documented.pages()) {
      Matcher mention = MENTION.matcher(String.join("\n", Markdown.of(page).prose()));
      for (; mention.find(); mentions++) {
        mentioned(page, mention.group(1));
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(mentions).isGreaterThan(100);
  }

  private void mentioned(Path page, String words) {
    CommandLine command = cloudy;
    for (String word : words.split("\\s+", -1)) {
      CommandLine below = command.getSubcommands().get(word.replaceAll("[^a-z-].*", ""));
      if (below == null) {
        break;
      }
      command = below;
    }
    if (command.getCommandSpec().parent() == null) {
      wrong.add(page + ": cloudy has no command for: " + words);
    }
    Matcher option = OPTION.matcher(words);
    while (option.find()) {
      if (command.getCommandSpec().findOption(option.group()) == null) {
        wrong.add(page + ": there is no " + option.group() + " in: cloudy " + words);
      }
    }
  }
}
