package community.cloudy.services.squid.conf;

import community.cloudy.services.squid.login.Marks;
import community.cloudy.services.squid.settings.Place;
import community.cloudy.services.squid.settings.Ports;
import community.cloudy.services.squid.settings.SquidSettings;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who may go where. What is never allowed stands before the first thing that is. */
final class Rules {
  private static final List<String> NEVER =
      List.of(
          "0.0.0.0/8",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "224.0.0.0/4",
          "240.0.0.0/4",
          "::",
          "::1",
          "fe80::/10",
          "ff00::/8");
  private static final List<String> HOMES = List.of("192.168.0.0/16", "172.16.0.0/12");

  private final SquidSettings settings;
  private final Surroundings around;
  private final Lines lines;

  Rules(SquidSettings settings, Surroundings around, Lines lines) {
    this.settings = settings;
    this.around = around;
    this.lines = lines;
  }

  void write() {
    lines.blank();
    never();
    node();
    denied();
    ports();
    from();
    onlyTo();
    if (settings.needsLogin()) {
      people();
    }
    lines
        .add("http_access allow all")
        .add("http_access deny all")
        .add("icp_access deny all")
        .add("htcp_access deny all")
        .blank();
  }

  private void never() {
    lines
        .add("http_access allow localhost manager")
        .add("http_access deny manager")
        .add("http_access deny to_localhost")
        .list("acl cloudy_never dst", words(NEVER))
        .list("acl cloudy_never dst", words(around.containers()))
        .add("http_access deny cloudy_never");
  }

  /** Of this node, only what it serves on purpose. */
  private void node() {
    if (around.addresses().isEmpty()) {
      return;
    }
    lines
        .list("acl cloudy_node dst", words(around.addresses()))
        .list("acl cloudy_node_ports port", ports(settings.destinations().ownPorts()))
        .add("http_access deny cloudy_node !cloudy_node_ports");
  }

  private void denied() {
    if (!settings.destinations().homes()) {
      lines.list("acl cloudy_homes dst", words(HOMES)).add("http_access deny cloudy_homes");
    }
    networks(settings.destinations().deny(), "acl cloudy_denied dst")
        .ifPresent(named -> lines.add("http_access deny cloudy_denied"));
    domains(settings.destinations().deny(), "acl cloudy_denied_names dstdomain -n")
        .ifPresent(named -> lines.add("http_access deny cloudy_denied_names"));
  }

  private void ports() {
    lines
        .list("acl cloudy_ports port", ports(settings.destinations().ports()))
        .add("http_access deny !cloudy_ports")
        .list("acl cloudy_tunnels port", ports(settings.destinations().connectPorts()))
        .add("http_access deny CONNECT !cloudy_tunnels");
  }

  private void from() {
    List<String> networks =
        settings.who().networksOrUsual().stream().map(network -> network.text()).toList();
    lines
        .list("acl cloudy_networks src", words(networks))
        .list("acl cloudy_networks_there dst", words(networks))
        .add("http_access deny !cloudy_networks");
  }

  private void onlyTo() {
    List<Place> allowed = settings.destinations().allow();
    if (allowed.isEmpty()) {
      return;
    }
    StringBuilder rule = new StringBuilder("http_access deny");
    networks(allowed, "acl cloudy_allowed dst").ifPresent(any -> rule.append(" !cloudy_allowed"));
    domains(allowed, "acl cloudy_allowed_names dstdomain -n")
        .ifPresent(any -> rule.append(" !cloudy_allowed_names"));
    lines.add(rule.toString());
  }

  private void people() {
    lines.add("acl cloudy_people proxy_auth REQUIRED").add("http_access deny !cloudy_people");
    around.federation().ifPresent(this::federation);
    People chosen = new People("cloudy_chosen", settings.who().logins(), settings.who().groups());
    chosen.write(lines);
    if (!chosen.areAll()) {
      lines.add("http_access deny !cloudy_chosen");
    }
  }

  /** Who is at home at a proxy that keeps its people may not use this one. */
  private void federation(FederationList list) {
    int own = settings.federation().proxy() > 0 ? settings.federation().proxy() : list.own();
    FederationList.Mode mode = list.modes().getOrDefault(own, FederationList.Mode.PRIVATE);
    if (!mode.takesOthers() || !settings.federation().accept()) {
      lines
          .add("acl cloudy_own" + People.NOTE, new Word(Marks.home(own)))
          .add("http_access deny !cloudy_own");
      return;
    }
    List<String> kept =
        list.modes().entrySet().stream()
            .filter(entry -> entry.getKey() != own && !entry.getValue().sendsOut())
            .map(entry -> Marks.home(entry.getKey()))
            .toList();
    if (!kept.isEmpty()) {
      lines.list("acl cloudy_kept" + People.NOTE, words(kept)).add("http_access deny cloudy_kept");
    }
  }

  private Optional<Lines> networks(List<Place> places, String list) {
    return written(list, places.stream().filter(Place::isNetwork));
  }

  private Optional<Lines> domains(List<Place> places, String list) {
    return written(list, places.stream().filter(place -> !place.isNetwork()));
  }

  private Optional<Lines> written(String list, Stream<Place> places) {
    List<Word> words = places.map(place -> new Word(place.text())).toList();
    return words.isEmpty() ? Optional.empty() : Optional.of(lines.list(list, words));
  }

  private static List<Word> words(Collection<String> texts) {
    return texts.stream().map(Word::new).toList();
  }

  private static List<Word> ports(List<Ports> ports) {
    return ports.stream().map(some -> new Word(some.text())).toList();
  }
}
