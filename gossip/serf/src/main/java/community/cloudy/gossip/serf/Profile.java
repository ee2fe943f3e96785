package community.cloudy.gossip.serf;

/** The kind of network a community runs on; fixes every timer of the protocol. */
public enum Profile {
  /** A local network: memberlist's LAN defaults. */
  LAN,
  /** Links between sites: memberlist's WAN defaults. */
  WAN,
  /** One machine: memberlist's local defaults. */
  LOCAL,
  /** A community network of lossy wifi links. */
  MESH
}
