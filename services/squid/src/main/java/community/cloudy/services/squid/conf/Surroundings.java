package community.cloudy.services.squid.conf;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the file depends on besides the settings.
 *
 * @param node the node's name
 * @param run where Squid may write
 * @param door the socket at which logins are asked
 * @param user whom Squid becomes if it begins as root
 * @param java the program that runs what asks the node about logins
 * @param classes where that lies: a jar or a folder
 * @param addresses all addresses of this node
 * @param containers the networks of its containers
 * @param parents the proxies to ask, the nearest first
 * @param federation the imported list
 */
public record Surroundings(
    String node,
    Path run,
    Path door,
    Optional<String> user,
    Path java,
    Path classes,
    List<String> addresses,
    List<String> containers,
    List<Parent> parents,
    Optional<FederationList> federation) {
  /** Copies the lists. */
  public Surroundings {
    addresses = List.copyOf(addresses);
    containers = List.copyOf(containers);
    parents = List.copyOf(parents);
  }

  /**
   * Another proxy.
   *
   * @param node whose it is, for people
   * @param host its address
   * @param port where it answers
   */
  public record Parent(String node, String host, int port) {}

  /** Returns a copy with other parents. */
  public Surroundings withParents(List<Parent> others) {
    return new Surroundings(
        node, run, door, user, java, classes, addresses, containers, others, federation);
  }

  /** Returns a copy with another list of the federation. */
  public Surroundings withFederation(Optional<FederationList> other) {
    return new Surroundings(
        node, run, door, user, java, classes, addresses, containers, parents, other);
  }
}
