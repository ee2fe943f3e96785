package community.cloudy.containers.policy;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A range of IP addresses, told apart only as far as the policy needs. */
record Subnet(String address, int bits) {
  private static final Pattern CIDR =
      Pattern.compile("([0-9.]{7,15}|[0-9a-fA-F:]{2,39})/([0-9]{1,3})");
  private static final Pattern V4 =
      Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})");

  static Optional<Subnet> parse(String text) {
    Matcher matcher = CIDR.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Subnet subnet = new Subnet(matcher.group(1), Integer.parseInt(matcher.group(2)));
    boolean v6 = subnet.address.contains(":");
    return v6
        ? subnet.bits <= 128 ? Optional.of(subnet) : Optional.empty()
        : subnet.bits <= 32 && v4(subnet.address) >= 0 ? Optional.of(subnet) : Optional.empty();
  }

  /** Returns whether it lies in 172.16.0.0/12, or fd00::/8 of IPv6. */
  boolean isPrivateToContainers() {
    if (address.contains(":")) {
      return bits >= 48 && address.toLowerCase(java.util.Locale.ROOT).matches("fd[0-9a-f]{2}:.*");
    }
    return bits >= 16 && v4(address) >> 20 == (172 << 4 | 1);
  }

  /** Returns whether {@code other}, an IPv4 address, is in it. */
  boolean contains(String other) {
    long theirs = v4(other);
    long ours = v4(address);
    return theirs >= 0 && ours >= 0 && bits > 0 && theirs >> (32 - bits) == ours >> (32 - bits);
  }

  private static long v4(String text) {
    Matcher matcher = V4.matcher(text);
    if (!matcher.matches()) {
      return -1;
    }
    long value = 0;
    for (int i = 1; i <= 4; i++) {
      int part = Integer.parseInt(matcher.group(i));
      if (part > 255) {
        return -1;
      }
      value = value << 8 | part;
    }
    return value;
  }
}
