package community.cloudy.services.squid.figures;

/**
 * What went through the proxy.
 *
 * @param requests how many
 * @param hits those answered from the cache
 * @param denied those that were not let through
 * @param bytes sent to people
 */
public record Traffic(long requests, long hits, long denied, long bytes) {
  /** Nothing. */
  public static final Traffic NONE = new Traffic(0, 0, 0, 0);

  Traffic plus(Traffic other) {
    return new Traffic(
        requests + other.requests, hits + other.hits, denied + other.denied, bytes + other.bytes);
  }

  /** Returns the share of requests, of those let through, that the cache has answered. */
  public double hitRatio() {
    long served = requests - denied;
    return served <= 0 ? 0 : (double) hits / served;
  }
}
