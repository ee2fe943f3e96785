package community.cloudy.gossip.discovery.mdns;

import community.cloudy.gossip.serf.wire.Bytes;

/** One service instance as it goes into DNS: its label, full type, port and TXT data. */
record Entry(String instance, String type, int port, Bytes text) {

  /**
   * Tells whether {@code other} differs in no more than the text, which can be changed in place.
   */
  boolean isSameService(Entry other) {
    return instance.equals(other.instance) && type.equals(other.type) && port == other.port;
  }
}
