package community.cloudy.services.bind.named;

import static java.util.stream.Collectors.joining;

import community.cloudy.services.bind.settings.Network;
import community.cloudy.services.bind.settings.Server;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes the language of named.conf. A statement is of words of this program and of tokens, which
 * are values that cannot end one.
 */
final class Conf {
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9:._/-]{1,300}");
  private static final Pattern KEYWORDS = Pattern.compile("[a-z0-9 -]+");
  private static final String NOT_QUOTED = "\"\\";

  private final StringBuilder text = new StringBuilder();
  private int depth;

  /** A value as it is written. */
  record Token(String written) {}

  /**
   * Returns a text between quotes. What the quotes could not hold is refused: named knows no way to
   * write it.
   */
  static Token quoted(String text) {
    if (text.chars().anyMatch(c -> Character.isISOControl(c) || NOT_QUOTED.indexOf(c) >= 0)) {
      throw new IllegalArgumentException(
          "named.conf cannot hold quotes, \\ and control characters: " + text.strip());
    }
    return new Token('"' + text + '"');
  }

  static Token path(Path path) {
    return quoted(path.toString());
  }

  /** Returns a text without quotes. */
  static Token word(String text) {
    if (!WORD.matcher(text).matches()) {
      throw new IllegalArgumentException("named.conf cannot hold the word " + text.strip());
    }
    return new Token(text);
  }

  static Token number(long number) {
    return new Token(Long.toString(number));
  }

  static Token address(InetAddress address) {
    return word(address.getHostAddress());
  }

  static Token network(Network network) {
    return word(network.base().getHostAddress() + "/" + network.length());
  }

  /** Returns a server, with a key's name or without. */
  static Token server(Server server, Optional<String> key) {
    String where = address(server.address()).written() + " port " + server.port();
    return new Token(where + key.map(name -> " key " + quoted(name).written()).orElse(""));
  }

  /** Returns a list of values. */
  static Token list(List<Token> tokens) {
    String items = tokens.stream().map(token -> token.written() + "; ").collect(joining());
    return new Token("{ " + items + "}");
  }

  static Token list(Token... tokens) {
    return list(List.of(tokens));
  }

  /** Begins a block. */
  Conf begin(String keywords, Token... tokens) {
    write(keywords, tokens).append(" {\n");
    depth++;
    return this;
  }

  Conf end() {
    depth--;
    indent().append("};\n");
    return this;
  }

  /** Writes a statement. */
  Conf line(String keywords, Token... tokens) {
    write(keywords, tokens).append(";\n");
    return this;
  }

  private StringBuilder write(String keywords, Token... tokens) {
    if (!KEYWORDS.matcher(keywords).matches()) {
      throw new IllegalArgumentException("no keywords: " + keywords);
    }
    indent().append(keywords);
    for (Token token : tokens) {
      text.append(' ').append(token.written());
    }
    return text;
  }

  private StringBuilder indent() {
    return text.append("\t".repeat(depth));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
