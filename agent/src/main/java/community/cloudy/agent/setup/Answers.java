package community.cloudy.agent.setup;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the owner of a node wants. Whether it can be is told by reading what {@link #yaml} says.
 *
 * @param name of the node
 * @param community its community; empty for none
 * @param bind {@code host:port} to gossip at
 * @param join {@code host[:port]} of some nodes
 * @param mdns whether nodes on the same link are found by themselves
 * @param profile the kind of network
 * @param keyFile with the gossip key
 * @param ldap servers of the community's directory; none for no directory
 * @param ldapBase below which its people are
 * @param engine the socket of the container engine; empty for no containers
 */
public record Answers(
    String name,
    String community,
    String bind,
    List<String> join,
    boolean mdns,
    String profile,
    Optional<Path> keyFile,
    List<String> ldap,
    String ldapBase,
    Optional<Path> engine) {
  /** Copies the lists. */
  public Answers {
    join = List.copyOf(join);
    ldap = List.copyOf(ldap);
  }

  /** Returns the configuration, for a person to read and change. */
  public String yaml() {
    return """
        # The configuration of this node, as "cloudy setup" wrote it. Change it by hand: keys that
        # are not here have their defaults (/usr/share/doc/cloudy/reference/configuration.md). Then:
        # cloudy config check && systemctl restart cloudy

        node:
          # Unique in the community; fixed at the first start.
          name: %s
          # Shown to people, and what nodes on the same link must share to find each other.
          community: %s

        gossip:
          # UDP and TCP. Let both through the firewall.
          bind: %s
          # Some other nodes; tried until one answers, and again when this one is alone.
          join: %s
          # lan, wan, or mesh for links that lose packets. The same on all nodes.
          profile: %s
        %s
        discovery:
          # Finds nodes of this community on the same link, and is found.
          mdns: %s
        %s
        containers:
          # Empty for none. Whoever may use this socket has the rights of root.
          engine: %s
        """
        .formatted(
            quoted(name),
            quoted(community),
            quoted(bind),
            quoted(join),
            quoted(profile),
            key(),
            mdns,
            directory(),
            engine.map(socket -> quoted("unix://" + socket)).orElse(""));
  }

  private String key() {
    return keyFile
        .map(
            file ->
                """
                  # The same key on all nodes: whoever has it can join.
                  encrypt_key_file: %s
                """
                    .formatted(quoted(file.toString())))
        .orElse(
            """
              # Not encrypted: whoever reaches the port can join. Make a key with cloudy keygen.
              # encrypt_key_file: /etc/cloudy/gossip.key
            """);
  }

  private String directory() {
    return ldap.isEmpty()
        ? ""
        : """

          auth:
            # The community's own directory; try it with cloudy ldap test USER.
            ldap:
              servers: %s
              base: %s
          """
            .formatted(quoted(ldap), quoted(ldapBase));
  }

  private static String quoted(List<String> texts) {
    return "[" + String.join(", ", texts.stream().map(Answers::quoted).toList()) + "]";
  }

  /** Quotes text for YAML, where that is needed. */
  private static String quoted(String text) {
    return text.matches("[A-Za-z/][A-Za-z0-9_/.-]*")
            && !text.matches("(?i)y|n|yes|no|on|off|true|false|null")
        ? text
        : '"'
            + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ")
            + '"';
  }
}
