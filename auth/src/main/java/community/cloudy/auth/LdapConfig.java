package community.cloudy.auth;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How to ask the community's directory.
 *
 * @param servers in order of preference
 * @param base the DN below which people are
 * @param users how a login becomes an entry
 * @param account as whom to search; empty means nobody, where the directory allows that
 * @param security what protects the connections
 * @param groupBase the DN below which groups are; empty means {@code base}
 * @param limits times and sizes
 * @param offlineDays for how many days after a success somebody gets in while no server can be
 *     reached, 0 to 90; 0 means never
 */
public record LdapConfig(
    List<LdapUrl> servers,
    String base,
    UserMatch users,
    Optional<Account> account,
    Security security,
    Optional<String> groupBase,
    Limits limits,
    int offlineDays) {
  private static final int MAX_SERVERS = 16;
  private static final int MAX_OFFLINE_DAYS = 90;

  /**
   * The account that searches.
   *
   * @param dn its DN
   * @param password never empty: that would be no authentication (RFC 4513, 5.1.2)
   */
  public record Account(String dn, Secret password) {
    /** Checks both. */
    public Account {
      checkedDn(dn);
      if (password.length() == 0) {
        throw new IllegalArgumentException("needs a password; directories take none for nobody");
      }
    }
  }

  /**
   * What protects the connections.
   *
   * @param startTls whether {@code ldap://} servers are asked to begin TLS before anything else
   * @param allowPlain whether passwords may cross the network readable, where there is no TLS
   * @param caFile certificates (PEM) of the authorities that are trusted; empty means Java's own
   */
  public record Security(boolean startTls, boolean allowPlain, Optional<Path> caFile) {}

  /**
   * Times and sizes.
   *
   * @param connectTimeout for TCP and TLS together; StartTLS has it twice
   * @param responseTimeout for each answer
   * @param poolSize how many connections to a server are kept open
   */
  public record Limits(Duration connectTimeout, Duration responseTimeout, int poolSize) {
    /** Three and five seconds, four connections. */
    public static final Limits DEFAULT =
        new Limits(Duration.ofSeconds(3), Duration.ofSeconds(5), 4);

    /** Checks the ranges: 100 ms to 60 s, 1 to 64 connections. */
    public Limits {
      checkTimeout(connectTimeout);
      checkTimeout(responseTimeout);
      if (poolSize < 1 || poolSize > 64) {
        throw new IllegalArgumentException("must keep 1 to 64 connections, not " + poolSize);
      }
    }

    private static void checkTimeout(Duration timeout) {
      if (timeout.compareTo(Duration.ofMillis(100)) < 0
          || timeout.compareTo(Duration.ofSeconds(60)) > 0) {
        throw new IllegalArgumentException("must have timeouts of 100 ms to 60 s, not " + timeout);
      }
    }
  }

  /** Checks that the parts fit together. */
  public LdapConfig {
    servers = List.copyOf(servers);
    if (servers.isEmpty() || servers.size() > MAX_SERVERS) {
      throw new IllegalArgumentException("must name 1 to " + MAX_SERVERS + " servers");
    }
    checkedDn(base);
    groupBase.ifPresent(LdapConfig::checkedDn);
    if (offlineDays < 0 || offlineDays > MAX_OFFLINE_DAYS) {
      throw new IllegalArgumentException(
          "must have offline_days in 0 to " + MAX_OFFLINE_DAYS + ", not " + offlineDays);
    }
    boolean plain = servers.stream().anyMatch(server -> !server.tls()) && !security.startTls();
    if (plain && !security.allowPlain()) {
      throw new IllegalArgumentException(
          "would send passwords readable: use ldaps:// or set start_tls, or set allow_plain if the"
              + " network is protected otherwise");
    }
  }

  /**
   * Returns {@code dn} if it is the DN of an entry.
   *
   * @throws IllegalArgumentException if not
   */
  public static String checkedDn(String dn) {
    return DnParser.parse(dn)
        .map(parsed -> dn)
        .orElseThrow(
            () ->
                new IllegalArgumentException("must be a DN, such as dc=example,dc=org, not " + dn));
  }

  /** Returns what people and their roles follow from: what holds for another does not hold here. */
  String origin(Roles roles) {
    Map<Role, TreeSet<String>> ordered = new TreeMap<>();
    roles.groups().forEach((role, groups) -> ordered.put(role, new TreeSet<>(groups)));
    String text =
        String.join("\n", base, users.toString(), groupBase.orElse(""), ordered.toString());
    return HexFormat.of().formatHex(Opaque.digest(Secret.of(text)), 0, 8);
  }
}
