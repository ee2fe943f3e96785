package community.cloudy.gossip.serf;

import community.cloudy.gossip.serf.wire.Bytes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a node takes part. Build one with {@link #named}.
 *
 * @param nodeName 1 to 128 bytes of UTF-8 without control characters; unique in the community
 * @param bind {@code host:port} to listen on, UDP and TCP; an IPv6 host stands in brackets
 * @param advertise {@code host:port} told to others, where it differs from {@code bind}
 * @param profile timing for the kind of network
 * @param tags at most 512 bytes once encoded
 * @param keys AES keys of 16, 24 or 32 bytes; the first encrypts; none means no encryption
 * @param label memberlist's label, to keep communities apart; empty for none
 * @param compression whether large messages are compressed
 * @param join {@code [name/]host[:port]} of nodes to join, tried for ever until one answers
 * @param snapshot file that remembers the members for the next start
 * @param keyringFile where keys changed by the community are kept; none means nowhere
 */
public record SerfConfig(
    String nodeName,
    String bind,
    Optional<String> advertise,
    Profile profile,
    Map<String, String> tags,
    List<Bytes> keys,
    String label,
    boolean compression,
    List<String> join,
    Optional<Path> snapshot,
    Optional<Path> keyringFile) {
  /** The default gossip port. */
  public static final int DEFAULT_PORT = 7946;

  /** Copies the collections. */
  public SerfConfig {
    tags = Map.copyOf(tags);
    keys = List.copyOf(keys);
    join = List.copyOf(join);
  }

  /** Returns a configuration with every default. */
  public static SerfConfig named(String nodeName, String bind) {
    return new SerfConfig(
        nodeName,
        bind,
        Optional.empty(),
        Profile.LAN,
        Map.of(),
        List.of(),
        "",
        true,
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** Returns a copy that advertises {@code address}. */
  public SerfConfig withAdvertise(String address) {
    return new SerfConfig(
        nodeName,
        bind,
        Optional.of(address),
        profile,
        tags,
        keys,
        label,
        compression,
        join,
        snapshot,
        keyringFile);
  }

  /** Returns a copy with another timing profile. */
  public SerfConfig withProfile(Profile other) {
    return new SerfConfig(
        nodeName,
        bind,
        advertise,
        other,
        tags,
        keys,
        label,
        compression,
        join,
        snapshot,
        keyringFile);
  }

  /** Returns a copy with other tags. */
  public SerfConfig withTags(Map<String, String> other) {
    return new SerfConfig(
        nodeName,
        bind,
        advertise,
        profile,
        other,
        keys,
        label,
        compression,
        join,
        snapshot,
        keyringFile);
  }

  /** Returns a copy with other keys. */
  public SerfConfig withKeys(List<Bytes> other) {
    return new SerfConfig(
        nodeName,
        bind,
        advertise,
        profile,
        tags,
        other,
        label,
        compression,
        join,
        snapshot,
        keyringFile);
  }

  /** Returns a copy with another label. */
  public SerfConfig withLabel(String other) {
    return new SerfConfig(
        nodeName,
        bind,
        advertise,
        profile,
        tags,
        keys,
        other,
        compression,
        join,
        snapshot,
        keyringFile);
  }

  /** Returns a copy with compression on or off. */
  public SerfConfig withCompression(boolean on) {
    return new SerfConfig(
        nodeName, bind, advertise, profile, tags, keys, label, on, join, snapshot, keyringFile);
  }

  /** Returns a copy that joins {@code addresses}. */
  public SerfConfig withJoin(List<String> addresses) {
    return new SerfConfig(
        nodeName,
        bind,
        advertise,
        profile,
        tags,
        keys,
        label,
        compression,
        addresses,
        snapshot,
        keyringFile);
  }

  /** Returns a copy that keeps its snapshot in {@code file}. */
  public SerfConfig withSnapshot(Path file) {
    return new SerfConfig(
        nodeName,
        bind,
        advertise,
        profile,
        tags,
        keys,
        label,
        compression,
        join,
        Optional.of(file),
        keyringFile);
  }

  /** Returns a copy that keeps changed keys in {@code file}. */
  public SerfConfig withKeyringFile(Path file) {
    return new SerfConfig(
        nodeName,
        bind,
        advertise,
        profile,
        tags,
        keys,
        label,
        compression,
        join,
        snapshot,
        Optional.of(file));
  }
}
