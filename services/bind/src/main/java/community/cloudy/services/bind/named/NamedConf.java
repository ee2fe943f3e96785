package community.cloudy.services.bind.named;

import static community.cloudy.services.bind.named.Conf.list;
import static community.cloudy.services.bind.named.Conf.number;
import static community.cloudy.services.bind.named.Conf.path;
import static community.cloudy.services.bind.named.Conf.quoted;
import static community.cloudy.services.bind.named.Conf.word;

import community.cloudy.services.bind.named.Conf.Token;
import community.cloudy.services.bind.settings.Address;
import community.cloudy.services.bind.settings.BindSettings;
import community.cloudy.services.bind.settings.DomainName;
import community.cloudy.services.bind.settings.Server;
import community.cloudy.services.bind.settings.View;
import community.cloudy.services.bind.zone.Plan;
import community.cloudy.services.bind.zone.Zone;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes named.conf. Everybody is answered from one of two views: the community's networks may ask
 * for any name, everybody else only for the zones shown to them, and not too often.
 *
 * @param self this node's address
 */
record NamedConf(
    BindSettings settings, Plan plan, Layout layout, Keys keys, InetAddress self, boolean locks) {
  private static final int ANSWERS_A_SECOND = 50;

  /**
   * Returns the file.
   *
   * @param zones writes the zones of a view
   * @throws IllegalArgumentException if it cannot hold a value
   */
  String text(ZoneBlocks zones) {
    Conf conf = new Conf();
    keys.files().forEach(file -> conf.line("include", path(file)));
    options(conf);
    settings.include().options().ifPresent(file -> conf.line("include", path(file)));
    control(conf);
    view(conf, View.INTERNAL, zones);
    view(conf, View.EXTERNAL, zones);
    return "// Written by Cloudy from the settings of its module bind; changes here are lost.\n"
        + conf;
  }

  private void options(Conf conf) {
    conf.begin("options");
    conf.line("directory", path(layout.state()));
    conf.line("pid-file none").line("session-keyfile none");
    if (locks) {
      conf.line("lock-file none");
    }
    conf.line("server-id none").line("version none").line("hostname none");
    conf.line("listen-on port", number(settings.port()), addresses(true));
    conf.line("listen-on-v6 port", number(settings.port()), addresses(false));
    conf.line("allow-transfer", list(word("none")));
    conf.line("notify explicit").line("notify-delay 1");
    conf.line("max-cache-size", word(settings.cacheSize() + "m"));
    conf.line("max-journal-size 4m").line("check-names primary warn").line("zone-statistics yes");
    validation(conf);
    if (!settings.forwarders().isEmpty()) {
      conf.line("forward first").line("forwarders", servers(settings.forwarders()));
    }
    conf.end();
  }

  private Token addresses(boolean v4) {
    List<InetAddress> chosen = settings.listen().stream().map(Address::address).toList();
    Stream<InetAddress> loopback = Stream.of("127.0.0.1", "::1").map(a -> new Address(a).address());
    return list(
        Stream.concat(loopback, (chosen.isEmpty() ? List.of(self) : chosen).stream())
            .filter(address -> address instanceof Inet4Address == v4)
            .distinct()
            .map(Conf::address)
            .toList());
  }

  /** Zones of the community are seldom signed, and those of a forwarder cannot be vouched for. */
  private void validation(Conf conf) {
    conf.line(settings.dnssec() ? "dnssec-validation auto" : "dnssec-validation no");
    List<Token> unsigned =
        plan.zones().stream()
            .filter(Zone.Forward.class::isInstance)
            .map(zone -> quoted(zone.name().toString(true)))
            .distinct()
            .toList();
    if (settings.dnssec() && !unsigned.isEmpty()) {
      conf.line("validate-except", list(unsigned));
    }
  }

  private void control(Conf conf) {
    Token loopback = word("127.0.0.1");
    Token allow = word("allow");
    conf.begin("controls");
    conf.line(
        "inet",
        loopback,
        word("port"),
        number(settings.controlPort()),
        allow,
        list(loopback),
        word("keys"),
        list(quoted("cloudy-control")));
    conf.end().begin("statistics-channels");
    Token port = number(settings.statisticsPort());
    conf.line("inet", loopback, word("port"), port, allow, list(loopback)).end();
  }

  private void view(Conf conf, View view, ZoneBlocks zones) {
    boolean isInternal = view == View.INTERNAL;
    conf.begin("view", quoted(isInternal ? "internal" : "external"));
    conf.line("match-clients", list(isInternal ? community() : List.of(word("any"))));
    conf.line(isInternal && settings.recursion() ? "recursion yes" : "recursion no");
    if (!isInternal) {
      conf.begin("rate-limit").line("responses-per-second", number(ANSWERS_A_SECOND)).end();
    }
    if (isInternal) {
      filled().forEach(empty -> conf.line("disable-empty-zone", quoted(empty)));
    }
    (isInternal ? settings.include().internal() : settings.include().external())
        .ifPresent(file -> conf.line("include", path(file)));
    zones.write(conf, view);
    conf.end();
  }

  /**
   * Returns the zones of private addresses that named would answer as empty (RFC 6303), although a
   * zone above has them: it makes none only if one of just that name is there.
   */
  private List<String> filled() {
    return IntStream.rangeClosed(16, 31)
        .mapToObj(i -> new DomainName(i + ".172.in-addr.arpa"))
        .filter(empty -> plan.zones().stream().anyMatch(z -> empty.name().subdomain(z.name())))
        .map(DomainName::text)
        .toList();
  }

  private List<Token> community() {
    List<Token> clients = new ArrayList<>();
    clients.add(new Token("key " + quoted(keys.updateName()).written()));
    clients.add(new Token("key " + quoted(keys.transferName()).written()));
    settings.networks().forEach(network -> clients.add(Conf.network(network)));
    return clients;
  }

  private static Token servers(List<Server> servers) {
    return list(servers.stream().map(server -> Conf.server(server, Optional.empty())).toList());
  }
}
