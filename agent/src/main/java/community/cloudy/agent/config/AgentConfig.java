package community.cloudy.agent.config;

/**
 * Everything a person can set.
 *
 * @param node this node
 * @param gossip how it gossips
 * @param discovery how it discovers
 * @param api where the API listens
 * @param auth who may use it
 * @param containers how it runs containers
 * @param modules which services it manages
 * @param log what is logged
 */
public record AgentConfig(
    NodeConfig node,
    GossipConfig gossip,
    DiscoveryConfig discovery,
    ApiConfig api,
    AuthConfig auth,
    ContainersConfig containers,
    ModulesConfig modules,
    LogConfig log) {}
