package community.cloudy.agent.config;

import community.cloudy.auth.Secret;
import community.cloudy.gossip.serf.Profile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the node gossips.
 *
 * @param bind where to listen, UDP and TCP
 * @param advertise what others are told, where it differs from {@code bind}
 * @param join {@code [name/]host[:port]} of nodes to join, tried until one answers
 * @param profile timing for the kind of network
 * @param keys AES keys, the first of which encrypts; none means no encryption
 * @param keyringFile where the keys were read from, if from a keyring: changes go back there
 * @param secretFiles where keys and passwords were read from
 * @param label keeps communities apart on one network; empty for none
 * @param compression whether large messages are compressed
 * @param rpc where Serf's own RPC listens; empty means off
 * @param rpcAuth what callers of the RPC must present; empty means nothing
 * @param tags told to every node, at most 512 bytes once encoded
 * @param leaveOnStop whether a stop tells the others, so that they see a node leave, not fail
 */
public record GossipConfig(
    HostPort bind,
    Optional<HostPort> advertise,
    List<String> join,
    Profile profile,
    List<Secret> keys,
    Optional<Path> keyringFile,
    Set<Path> secretFiles,
    String label,
    boolean compression,
    Optional<HostPort> rpc,
    Optional<Secret> rpcAuth,
    Map<String, String> tags,
    boolean leaveOnStop) {
  /** Copies the collections. */
  public GossipConfig {
    join = List.copyOf(join);
    keys = List.copyOf(keys);
    secretFiles = Set.copyOf(secretFiles);
    tags = Map.copyOf(tags);
  }
}
