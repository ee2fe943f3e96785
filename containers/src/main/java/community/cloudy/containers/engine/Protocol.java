package community.cloudy.containers.engine;

import java.util.Locale;

/** How bytes reach a port. */
public enum Protocol {
  /** TCP. */
  TCP,
  /** UDP. */
  UDP,
  /** SCTP. */
  SCTP;

  /** Returns it as the engine writes it: {@code tcp}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads {@link #text}.
   *
   * @throws EngineException INVALID if there is no such protocol
   */
  public static Protocol of(String text) {
    for (Protocol protocol : values()) {
      if (protocol.text().equals(text)) {
        return protocol;
      }
    }
    throw Names.invalid("protocol", "must be tcp, udp or sctp");
  }
}
