package community.cloudy.containers.engine;

import java.util.List;
import java.util.Map;

/**
 * What can be done with networks. {@code network} is a name or an id. May be called from any
 * thread, and blocks; all methods throw {@link EngineException}.
 */
public final class NetworkApi {
  private final Connection connection;

  NetworkApi(Connection connection) {
    this.connection = connection;
  }

  /** Returns all networks. */
  public List<Network> list() {
    return connection.ask(
        "list the networks",
        client ->
            client.listNetworksCmd().exec().stream().map(found -> read(Raw.of(found))).toList());
  }

  /** Returns one. */
  public Network inspect(String network) {
    Names.network(network);
    return connection.ask(
        "inspect the network " + network,
        client -> read(Raw.of(client.inspectNetworkCmd().withNetworkId(network).exec())));
  }

  private static Network read(Raw raw) {
    return new Network(
        raw.text("Id"),
        raw.text("Name"),
        raw.text("Driver"),
        raw.flag("Internal"),
        raw.object("IPAM").objects("Config").stream().map(range -> range.text("Subnet")).toList(),
        raw.textMap("Labels"),
        raw.textMap("Options"));
  }

  /** Makes a bridge and returns its id. */
  public String create(String name, Map<String, String> labels) {
    Names.network(name);
    return connection.change(
        "create the network " + name,
        client ->
            client
                .createNetworkCmd()
                .withName(name)
                .withDriver("bridge")
                .withCheckDuplicate(true)
                .withLabels(labels)
                .exec()
                .getId());
  }

  /** Removes one that no container is in. */
  public void remove(String network) {
    Names.network(network);
    connection.change(
        "remove the network " + network, client -> client.removeNetworkCmd(network).exec());
  }
}
