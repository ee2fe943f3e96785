package community.cloudy.agent.config;

import community.cloudy.auth.LdapConfig;
import community.cloudy.auth.Roles;
import community.cloudy.auth.Sessions;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who may use the node.
 *
 * @param ldap the community's directory; empty means local users only
 * @param bindPasswordFile where the password of the directory's searching account was read from
 * @param roles what the directory's groups may do
 * @param sessions how long and how many
 * @param offlineMayChange whether somebody may change things whom the node let in from memory,
 *     while no directory server answered
 */
public record AuthConfig(
    Optional<LdapConfig> ldap,
    Optional<Path> bindPasswordFile,
    Roles roles,
    Sessions.Limits sessions,
    boolean offlineMayChange) {}
