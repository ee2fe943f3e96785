package community.cloudy.services.squid.settings;

/**
 * An address of one machine.
 *
 * @param text such as {@code 10.1.2.3} or {@code fd00::1}
 */
public record Address(String text) {
  /** Checks that it is one. */
  public Address {
    if (text.indexOf('/') >= 0 || !Network.isOne(text)) {
      throw new IllegalArgumentException("must be an address such as 10.1.2.3 or fd00::1");
    }
  }
}
