package community.cloudy.services.bind.named;

import static community.cloudy.services.bind.named.Conf.list;
import static community.cloudy.services.bind.named.Conf.path;
import static community.cloudy.services.bind.named.Conf.quoted;
import static community.cloudy.services.bind.named.Conf.word;

import community.cloudy.services.bind.named.Conf.Token;
import community.cloudy.services.bind.settings.BindSettings;
import community.cloudy.services.bind.settings.FollowSettings;
import community.cloudy.services.bind.settings.Server;
import community.cloudy.services.bind.settings.View;
import community.cloudy.services.bind.zone.Plan;
import community.cloudy.services.bind.zone.Zone;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes the zones of a view.
 *
 * @param folder of the files of this version
 */
record ZoneBlocks(BindSettings settings, Plan plan, Layout layout, Keys keys, Path folder) {

  /** Writes what those who see {@code view} are answered from. */
  void write(Conf conf, View view) {
    if (view == View.INTERNAL) {
      follow(conf);
    }
    plan.zones().stream()
        .filter(zone -> zone.view().includes(view))
        .forEach(zone -> write(conf, zone, view));
  }

  private void write(Conf conf, Zone zone, View view) {
    Token name = quoted(zone.name().toString(true));
    if (zone.view() == View.BOTH && view == View.EXTERNAL) {
      conf.begin("zone", name).line("in-view", quoted("internal")).end();
      return;
    }
    conf.begin("zone", name);
    if (zone instanceof Zone.Primary primary) {
      conf.line("type primary").line("file", path(folder.resolve(file(primary))));
      copies(conf, primary.open());
    } else if (zone instanceof Zone.Dynamic dynamic) {
      conf.line("type primary").line("file", path(layout.dynamic(zone.name())));
      Token grant = quoted(keys.updateName());
      conf.line("update-policy", list(new Token("grant " + grant.written() + " zonesub ANY")));
      copies(conf, dynamic.beginning().open());
    } else if (zone instanceof Zone.Secondary secondary) {
      String file = lower(view) + "." + zone.name().toString(true);
      conf.line("type secondary");
      conf.line("file", path(layout.state().resolve("secondary").resolve(file)));
      conf.line("primaries", servers(secondary.primaries(), secondary.signed()));
      copies(conf, false);
    } else if (zone instanceof Zone.Forward forward) {
      conf.line("type forward").line("forward only");
      conf.line("forwarders", servers(forward.servers(), false));
    }
    conf.end();
  }

  private void copies(Conf conf, boolean open) {
    Token holder = new Token("key " + quoted(keys.transferName()).written());
    conf.line("allow-transfer", list(open ? word("any") : holder));
    if (!settings.secondaries().isEmpty()) {
      conf.line("also-notify", servers(settings.secondaries(), true));
    }
  }

  private void follow(Conf conf) {
    if (settings.follow().isEmpty()) {
      return;
    }
    conf.begin("catalog-zones");
    for (FollowSettings followed : settings.follow()) {
      Token primaries = servers(List.of(followed.server()), true);
      conf.line(
          "zone",
          quoted(followed.catalogZone().text()),
          word("default-primaries"),
          primaries,
          word("zone-directory"),
          path(layout.state().resolve("followed")),
          word("in-memory"),
          word("no"),
          word("min-update-interval"),
          word("1"));
    }
    conf.end();
    for (FollowSettings followed : settings.follow()) {
      String name = followed.catalogZone().text();
      conf.begin("zone", quoted(name)).line("type secondary");
      conf.line("file", path(layout.state().resolve("secondary").resolve("catalog." + name)));
      conf.line("primaries", servers(List.of(followed.server()), true)).end();
    }
  }

  private Token servers(List<Server> servers, boolean signed) {
    Optional<String> key = signed ? Optional.of(keys.transferName()) : Optional.empty();
    return list(servers.stream().map(server -> Conf.server(server, key)).toList());
  }

  /** Returns the file of a zone below the version's folder. */
  static String file(Zone.Primary zone) {
    View view = zone.view() == View.EXTERNAL ? View.EXTERNAL : View.INTERNAL;
    return "zones/" + lower(view) + "/" + zone.name().toString(true) + ".zone";
  }

  private static String lower(View view) {
    return view.name().toLowerCase(Locale.ROOT);
  }
}
