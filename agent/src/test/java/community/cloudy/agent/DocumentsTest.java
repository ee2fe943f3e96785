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
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Holds the documents to each other and to the commands there are. */
final class DocumentsTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern SPAN = Pattern.compile("`[^`]*`");
  private static final Pattern MENTION = Pattern.compile("`cloudy ([a-z][^`\\\\]*)`");
  private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");

  private final CommandLine cloudy = Cloudy.commands(new IdleAgent());
  private final List<String> wrong = new ArrayList<>();

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(Reference.DOCS)) {
      return Stream.concat(
              Stream.of(Path.of("../README.md")),
              files.filter(file -> file.toString().endsWith(".md")).sorted())
          .toList();
    }
  }

  @Test
  void everyLinkLeadsToAFileAndAHeadingThatAreThere() throws IOException {
    int links = 0;
    for (Path page : pages()) {
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

    assertThat(reached).containsAll(pages());
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
    for (Path page : pages()) {
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
  void everyCommandAndOptionThatIsMentionedIsThere() throws IOException {
    int mentions = 0;
    for (Path page : pages()) {
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
