package community.cloudy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a document that follows from the code, between {@code <!-- NAME -->} and {@code <!--
 * /NAME -->}. {@code -Dcloudy.docs.write=true} writes it anew instead of holding it to the code.
 *
 * @param page the document
 * @param name of the part
 */
public record Reference(Path page, String name) {
  /** Where the documents are. */
  public static final Path DOCS = Path.of("../docs");

  private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\|.* \\| ([^|]*) \\|");

  /** Returns the generated part of a page of {@code docs/reference}. */
  public static Reference of(String page) {
    return new Reference(DOCS.resolve("reference").resolve(page), "generated");
  }

  /** Holds the part to {@code expected}, or writes it. */
  public void is(String expected) throws IOException {
    String text = Files.readString(page);
    int begin = begin(text);
    int end = text.indexOf("<!-- /" + name + " -->\n");
    assertThat(end).as("%s has an end of %s", page, name).isGreaterThan(begin - 1);
    if (Boolean.getBoolean("cloudy.docs.write")) {
      Files.writeString(page, text.substring(0, begin) + expected + text.substring(end));
    } else {
      compare(text.substring(begin, end).split("\n", -1), expected.split("\n", -1));
    }
  }

  /** Tells the first line that differs: a whole page is too much to read. */
  private void compare(String[] written, String[] expected) {
    int at = Arrays.mismatch(written, expected);
    if (at >= 0) {
      fail(
          "%s is not what the code says; -Dcloudy.docs.write=true writes it anew. It has%n%s%nfor%n%s",
          page,
          at < written.length ? written[at] : "nothing",
          at < expected.length ? expected[at] : "nothing");
    }
  }

  private int begin(String text) {
    String mark = "<!-- " + name + " -->\n";
    assertThat(text).as(page.toString()).contains(mark);
    return text.indexOf(mark) + mark.length();
  }

  /**
   * Returns what a person wrote into the last cell of each row that begins with {@code `KEY`}: what
   * the code does not say stands in the page alone.
   */
  public Map<String, String> words() throws IOException {
    Map<String, String> words = new HashMap<>();
    for (String line : Files.readAllLines(page)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        words.put(row.group(1), row.group(2));
      }
    }
    return words;
  }

  /** Returns a row of a table. */
  public static String row(List<String> cells) {
    return "| "
        + String.join(" | ", cells.stream().map(cell -> cell.replace("|", "\\|")).toList())
        + " |\n";
  }

  /** Returns the head of a table. */
  public static String head(String... cells) {
    return row(List.of(cells)) + "|" + "---|".repeat(cells.length) + "\n";
  }
}
