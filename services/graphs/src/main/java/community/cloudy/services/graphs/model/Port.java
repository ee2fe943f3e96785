package community.cloudy.services.graphs.model;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * An interface of a device to measure.
 *
 * @param number what its file is named by, 0 to 2,147,483,647; never changes for the same interface
 * @param name its ifName (IF-MIB), by which it is found again when the device numbers its
 *     interfaces anew; empty while nobody knows
 * @param index its ifIndex (IF-MIB), if that is how its source names it
 * @param title for people, such as an SSID; may be empty
 */
public record Port(int number, Optional<String> name, OptionalInt index, String title) {
  private static final int MAX_TEXT = 255;

  /** Checks that the number is not negative and the texts are short. */
  public Port {
    if (number < 0) {
      throw new IllegalArgumentException("a port has no number such as " + number);
    }
    if (name.map(String::length).orElse(0) > MAX_TEXT || title.length() > MAX_TEXT) {
      throw new IllegalArgumentException("a port has a text of more than 255 characters");
    }
  }
}
