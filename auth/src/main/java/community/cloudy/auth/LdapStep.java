package community.cloudy.auth;

import java.time.Duration;

/**
 * One step of asking a directory server, for people who look for what is wrong.
 *
 * @param server its URL
 * @param kind which step
 * @param ok whether it went well
 * @param took how long
 * @param detail what was found, or why it failed
 * @param remedy what to do about it; empty if it went well
 */
public record LdapStep(
    String server, Kind kind, boolean ok, Duration took, String detail, String remedy) {
  /** The steps, in their order. */
  public enum Kind {
    /** The name was resolved and TCP connected. */
    SERVER,
    /** TLS began, and the certificate is good. */
    TLS,
    /** The searching account was accepted. */
    BIND,
    /** The person's entry was found. */
    SEARCH,
    /** The person's password was accepted. */
    PASSWORD,
    /** The person's groups were read. */
    GROUPS,
    /** The groups gave a role. */
    ROLE
  }
}
