package community.cloudy.containers.activation;

import community.cloudy.containers.engine.ComposeLabels;
import community.cloudy.containers.engine.Container;
import community.cloudy.containers.engine.Protocol;
import community.cloudy.containers.engine.PublishedPort;
import community.cloudy.gossip.discovery.Announcement.Offer;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.gossip.discovery.ServiceSpec;
import community.cloudy.gossip.discovery.health.Check;
import community.cloudy.gossip.discovery.health.CheckPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a container's labels say of the service in it: {@code cloudy.service.type}, and if wanted
 * {@code .name}, {@code .description}, {@code .port} (the container's, if it publishes several),
 * {@code .path} and {@code .scheme}.
 */
final class Labels {
  /** The label that makes a container a service. */
  static final String TYPE = "cloudy.service.type";

  private static final String PREFIX = "cloudy.service.";

  /** The attribute by which an announcement is known as one of these. */
  private static final String CONTAINER = "container";

  /** Each result is believed: the engine has its own patience, and looks are few. */
  private static final CheckPlan PLAN =
      new CheckPlan(new Check.Pushed(), Duration.ofSeconds(30), Duration.ofSeconds(5), 1, 1);

  private Labels() {}

  /** Returns whether the container is there to offer a service. */
  static boolean isService(Container container) {
    return !container.labels().getOrDefault(TYPE, "").isEmpty()
        && !ComposeLabels.isOneOff(container);
  }

  /** Returns the name of a container, or that of its Compose service, whose replicas are one. */
  static String name(Container container) {
    String project = container.labels().getOrDefault(ComposeLabels.PROJECT, "");
    String service = container.labels().getOrDefault(ComposeLabels.SERVICE, "");
    return project.isEmpty() || service.isEmpty() ? container.name() : project + "-" + service;
  }

  /** Returns the id under which a container is announced. */
  static String id(Container container) {
    return ServiceSpec.idOf(CONTAINER, name(container));
  }

  /** Returns whether a service was announced for a container. */
  static boolean isOurs(ServiceSpec spec) {
    String name = spec.offer().attributes().getOrDefault(CONTAINER, "");
    return !name.isEmpty() && spec.id().equals(ServiceSpec.idOf(CONTAINER, name));
  }

  /**
   * Returns what to announce.
   *
   * @param ports those that the container publishes, or would if it ran
   * @throws IllegalArgumentException if the labels do not say it right; the message says why
   */
  static ServiceSpec spec(Container container, List<PublishedPort> ports) {
    Map<String, String> labels = container.labels();
    PublishedPort port = port(labels, ports);
    String path = labels.getOrDefault(PREFIX + "path", "");
    ServiceEndpoint endpoint =
        new ServiceEndpoint(
            scheme(labels, port, path),
            port.isOnAllAddresses() ? "" : port.address(),
            port.port(),
            path);
    Offer offer =
        new Offer(
            labels.getOrDefault(TYPE, ""),
            labels.getOrDefault(
                PREFIX + "name", labels.getOrDefault(ComposeLabels.SERVICE, container.name())),
            labels.getOrDefault(PREFIX + "description", ""),
            List.of(endpoint),
            new TreeMap<>(Map.of(CONTAINER, name(container))),
            Health.unchecked());
    return new ServiceSpec(id(container), offer, Optional.of(PLAN));
  }

  private static String scheme(Map<String, String> labels, PublishedPort port, String path) {
    String usual = port.protocol() == Protocol.UDP ? "udp" : path.isEmpty() ? "tcp" : "http";
    return labels.getOrDefault(PREFIX + "scheme", usual);
  }

  private static PublishedPort port(Map<String, String> labels, List<PublishedPort> ports) {
    String label = labels.getOrDefault(PREFIX + "port", "");
    List<PublishedPort> wanted =
        ports.stream()
            .filter(port -> label.isEmpty() || label.equals(Integer.toString(port.containerPort())))
            .toList();
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException(
          label.isEmpty()
              ? "it publishes no port"
              : "it does not publish the port that cloudy.service.port names");
    }
    if (wanted.stream().map(PublishedPort::containerPort).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "it publishes several ports: name one by the label cloudy.service.port");
    }
    return wanted.stream()
        .filter(port -> !isLoopback(port))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "its port is published for this node alone: publish it on the node's address"));
  }

  private static boolean isLoopback(PublishedPort port) {
    return port.address().startsWith("127.") || port.address().equals("::1");
  }
}
