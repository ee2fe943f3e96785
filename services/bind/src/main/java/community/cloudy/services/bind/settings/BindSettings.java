package community.cloudy.services.bind.settings;

import community.cloudy.services.spi.settings.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a person can set of BIND. */
public record BindSettings(
    @Setting(
            value = "Port that it answers on",
            ca = "Port on respon",
            es = "Puerto en el que responde",
            fallback = "53",
            min = 1,
            max = 65535)
        int port,
    @Setting(
            value = "Addresses that it answers on besides loopback; the node's own if empty",
            ca = "Adreces on respon a més de loopback; la del node si és buit",
            es = "Direcciones en las que responde además de loopback; la del nodo si está vacío",
            max = 80)
        List<Address> listen,
    @Setting(
            value = "The community's networks, which see the internal view; private ones if empty",
            ca = "Les xarxes de la comunitat, que veuen la vista interna; les privades si és buit",
            es = "Las redes de la comunidad, que ven la vista interna; las privadas si está vacío",
            max = 80)
        List<Network> networks,
    @Setting(
            value = "Whether it finds out any name for the community's networks",
            ca = "Si resol qualsevol nom per a les xarxes de la comunitat",
            es = "Si resuelve cualquier nombre para las redes de la comunidad",
            fallback = "true")
        boolean recursion,
    @Setting(
            value = "Servers it asks for all other names; the root servers if empty",
            ca = "Servidors a qui demana els altres noms; els servidors arrel si és buit",
            es =
                "Servidores a los que pregunta los demás nombres; los servidores raíz si está"
                    + " vacío",
            max = 80)
        List<Server> forwarders,
    @Setting(
            value = "Whether it checks the signatures of other servers' answers (DNSSEC)",
            ca = "Si comprova les signatures de les respostes d'altres servidors (DNSSEC)",
            es = "Si comprueba las firmas de las respuestas de otros servidores (DNSSEC)",
            fallback = "true")
        boolean dnssec,
    @Setting(
            value = "Zones, by name",
            ca = "Zones, per nom",
            es = "Zonas, por nombre",
            max = 10_000)
        Map<String, ZoneSettings> zones,
    @Setting(
            value = "Networks whose addresses are named after the records of the zones",
            ca = "Xarxes les adreces de les quals prenen nom dels registres de les zones",
            es = "Redes cuyas direcciones toman nombre de los registros de las zonas",
            max = 80)
        List<Network> reverse,
    @Setting(
            value = "The zone of what the community announces",
            ca = "La zona del que la comunitat anuncia",
            es = "La zona de lo que la comunidad anuncia")
        CatalogueSettings catalogue,
    @Setting(
            value = "What is taken over from guifi.net",
            ca = "Què s'importa de guifi.net",
            es = "Qué se importa de guifi.net")
        GuifiSettings guifi,
    @Setting(
            value = "Servers that copy this node's zones and are told of changes",
            ca = "Servidors que copien les zones d'aquest node i reben avís dels canvis",
            es = "Servidores que copian las zonas de este nodo y reciben aviso de los cambios",
            max = 80)
        List<Server> secondaries,
    @Setting(
            value = "Zone that lists this node's zones for them (RFC 9432)",
            ca = "Zona que els llista les zones d'aquest node (RFC 9432)",
            es = "Zona que les lista las zonas de este nodo (RFC 9432)",
            fallback = "catalog.internal",
            max = 240)
        DomainName catalogZone,
    @Setting(
            value = "Primaries all of whose zones this node copies",
            ca = "Primaris dels quals aquest node copia totes les zones",
            es = "Primarios de los que este nodo copia todas las zonas")
        List<FollowSettings> follow,
    @Setting(
            value = "File with the key of transfers, as tsig-keygen writes it; made if not set",
            ca =
                "Fitxer amb la clau de transferències, com l'escriu tsig-keygen; es crea si no hi"
                    + " és",
            es =
                "Fichero con la clave de transferencias, como lo escribe tsig-keygen; se crea si"
                    + " no está")
        Optional<Path> transferKeyFile,
    @Setting(
            value = "Files of your own that are read too",
            ca = "Fitxers propis que també es llegeixen",
            es = "Ficheros propios que también se leen")
        IncludeSettings include,
    @Setting(
            value = "Memory for answers of others, in MB",
            ca = "Memòria per a respostes d'altres, en MB",
            es = "Memoria para respuestas de otros, en MB",
            fallback = "32",
            min = 2,
            max = 65536)
        int cacheSize,
    @Setting(
            value = "Port of loopback on which it is controlled",
            ca = "Port de loopback des d'on es controla",
            es = "Puerto de loopback desde el que se controla",
            fallback = "953",
            min = 1,
            max = 65535)
        int controlPort,
    @Setting(
            value = "Port of loopback on which it tells its statistics",
            ca = "Port de loopback on diu les estadístiques",
            es = "Puerto de loopback en el que dice sus estadísticas",
            fallback = "8053",
            min = 1,
            max = 65535)
        int statisticsPort,
    @Setting(
            value = "The program; rndc and the checkers lie beside it or in /usr/bin",
            ca = "El programa; rndc i els comprovadors són al costat o a /usr/bin",
            es = "El programa; rndc y los comprobadores están al lado o en /usr/bin",
            fallback = "/usr/sbin/named")
        Path program,
    @Setting(
            value = "User whose rights it has; bind if the agent is root",
            ca = "Usuari amb els drets del qual s'executa; bind si l'agent és root",
            es = "Usuario con cuyos derechos se ejecuta; bind si el agente es root",
            max = 32,
            pattern = "[a-z_][a-z0-9_-]*")
        Optional<String> user) {
  private static final List<Network> PRIVATE =
      List.of(
          new Network("127.0.0.0/8"),
          new Network("10.0.0.0/8"),
          new Network("172.16.0.0/12"),
          new Network("192.168.0.0/16"),
          new Network("::1"),
          new Network("fc00::/7"),
          new Network("fe80::/10"));

  /** Checks what one key cannot know of another. */
  public BindSettings {
    listen = List.copyOf(listen);
    networks = networks.isEmpty() ? PRIVATE : List.copyOf(networks);
    forwarders = List.copyOf(forwarders);
    reverse = List.copyOf(reverse);
    secondaries = List.copyOf(secondaries);
    follow = List.copyOf(follow);
    Map<String, ZoneSettings> byName = new TreeMap<>();
    zones.forEach((name, zone) -> byName.put(named(name).text(), zone));
    if (byName.size() < zones.size()) {
      throw new IllegalArgumentException("must name each of its zones only once");
    }
    zones = Map.copyOf(byName);
    if (new HashSet<>(List.of(port, controlPort, statisticsPort)).size() < 3) {
      throw new IllegalArgumentException(
          "must have three different ports for port, control_port and statistics_port");
    }
    if (catalogue.enabled() && zones.containsKey(catalogue.zone().text())) {
      throw new IllegalArgumentException(
          "must not write the zone " + catalogue.zone().text() + ", which the catalogue fills");
    }
    if (reverse.stream().anyMatch(network -> network.reverseZone().isEmpty())) {
      throw new IllegalArgumentException(
          "must have networks under reverse that end at 8, 16 or 24 bits, or at every 4 of IPv6");
    }
    checkCatalogs(secondaries, catalogZone, follow);
    if (zones.containsKey(catalogZone.text()) || catalogZone.equals(catalogue.zone())) {
      throw new IllegalArgumentException("must have a catalog_zone that is used for nothing else");
    }
  }

  private static void checkCatalogs(
      List<Server> secondaries, DomainName own, List<FollowSettings> follow) {
    List<DomainName> names = new ArrayList<>();
    follow.forEach(followed -> names.add(followed.catalogZone()));
    if (!secondaries.isEmpty()) {
      names.add(own);
    }
    if (Set.copyOf(names).size() < names.size()) {
      throw new IllegalArgumentException(
          "must have another catalog_zone for each primary it follows, and for itself");
    }
  }

  private static DomainName named(String name) {
    try {
      return new DomainName(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must have zones whose name " + e.getMessage(), e);
    }
  }
}
