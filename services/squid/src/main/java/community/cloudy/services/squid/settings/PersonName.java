package community.cloudy.services.squid.settings;

import java.util.regex.Pattern;

/**
 * The login of a person.
 *
 * @param text such as {@code maria}; small and capital letters are the same
 */
public record PersonName(String text) {
  private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{N}._@+-]{1,64}");

  /** Checks the form. */
  public PersonName {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "must be a login: at most 64 letters, digits, ., _, @, + and -");
    }
  }
}
