package community.cloudy.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document.
 *
 * @param prose the lines outside its blocks
 * @param blocks what stands between fences
 */
record Markdown(List<String> prose, List<Block> blocks) {
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<space>\\s+)|(?<comment>#.*)|(?<end>&&|\\|\\|?|;|&)|(?<to>[0-9]?(?:>>?|<))"
              + "|(?<word>(?:\\$\\([^)]*\\)|'[^']*'|\"(?:\\$\\([^)]*\\)|[^\"])*\"|\\\\.|[^\\s'\"\\\\|;&<>])+)");

  static Markdown of(Path file) throws IOException {
    List<String> prose = new ArrayList<>();
    List<Block> blocks = new ArrayList<>();
    String language = "";
    List<String> block = null;
    for (String line : Files.readAllLines(file)) {
      if (line.strip().startsWith("```")) {
        if (block == null) {
          language = line.strip().substring(3).strip();
          block = new ArrayList<>();
        } else {
          blocks.add(new Block(language, block));
          block = null;
        }
      } else {
        (block == null ? prose : block).add(line);
      }
    }
    return new Markdown(prose, blocks);
  }

  /**
   * A block.
   *
   * @param language as the fence names it; empty where it does not
   * @param lines between the fences
   */
  record Block(String language, List<String> lines) {
    /** Returns the lines a person would type; where some have a prompt, these. */
    List<String> typed() {
      if (!language.isEmpty() && !language.equals("console")) {
        return List.of();
      }
      boolean prompts = lines.stream().anyMatch(line -> line.startsWith("$ "));
      String text = String.join("\n", lines).replaceAll("\\\\\n\\s*", " ");
      return text.lines()
          .filter(line -> !prompts || line.startsWith("$ "))
          .map(line -> line.replaceFirst("^\\$ ", ""))
          .toList();
    }

    /** Returns the words of each command a shell would run. */
    List<List<String>> commands() {
      List<List<String>> commands = new ArrayList<>();
      typed().forEach(line -> split(line, commands));
      return commands;
    }

    private static void split(String line, List<List<String>> commands) {
      List<String> words = new ArrayList<>();
      boolean skip = false;
      Matcher token = TOKEN.matcher(line);
      while (token.lookingAt()) {
        if (token.group("comment") != null) {
          break;
        } else if (token.group("end") != null) {
          add(words, commands);
          words = new ArrayList<>();
        } else if (token.group("word") != null) {
          if (!skip) {
            words.add(token.group("word").replaceAll("['\"]", ""));
          }
          skip = false;
        }
        skip |= token.group("to") != null;
        token.region(token.end(), line.length());
      }
      add(words, commands);
    }

    private static void add(List<String> words, List<List<String>> commands) {
      if (!words.isEmpty()) {
        commands.add(words);
      }
    }
  }
}
