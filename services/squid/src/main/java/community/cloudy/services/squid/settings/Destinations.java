package community.cloudy.services.squid.settings;

import community.cloudy.services.spi.settings.Setting;
import java.util.List;

/**
 * Where people may go by the proxy. Never to this node's loopback addresses, to link-local ones or
 * to its containers, whatever is set here.
 */
public record Destinations(
    @Setting(
            value = "The only places that may be reached; none means all",
            ca = "Els únics llocs on es pot anar; cap vol dir tots",
            es = "Los únicos sitios a los que se puede ir; ninguno significa todos",
            max = 1000)
        List<Place> allow,
    @Setting(
            value = "Places that may not be reached, even if they are allowed",
            ca = "Llocs on no es pot anar, encara que estiguin permesos",
            es = "Sitios a los que no se puede ir, aunque estén permitidos",
            max = 5000)
        List<Place> deny,
    @Setting(
            value =
                "Whether addresses that homes use, 192.168.0.0/16 and 172.16.0.0/12, may be"
                    + " reached",
            ca = "Si es pot anar a les adreces de les cases, 192.168.0.0/16 i 172.16.0.0/12",
            es =
                "Si se puede ir a las direcciones de las casas, 192.168.0.0/16 y"
                    + " 172.16.0.0/12",
            fallback = "false")
        boolean homes,
    @Setting(
            value = "Ports that may be reached; none means 80, 443 and 1025-65535",
            ca = "Ports on es pot anar; cap vol dir 80, 443 i 1025-65535",
            es = "Puertos a los que se puede ir; ninguno significa 80, 443 y 1025-65535",
            max = 100)
        List<Ports> ports,
    @Setting(
            value = "Ports to which connections may be tunnelled; none means 443",
            ca = "Ports cap on es poden fer túnels; cap vol dir 443",
            es = "Puertos a los que se pueden hacer túneles; ninguno significa 443",
            max = 100)
        List<Ports> connectPorts,
    @Setting(
            value = "Ports of this node itself that may be reached; none means 80 and 443",
            ca = "Ports d'aquest mateix node on es pot anar; cap vol dir 80 i 443",
            es = "Puertos de este mismo nodo a los que se puede ir; ninguno significa 80 y 443",
            max = 100)
        List<Ports> ownPorts) {
  /** Fills in what is usual. */
  public Destinations {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
    ports = orUsual(ports, "80", "443", "1025-65535");
    connectPorts = orUsual(connectPorts, "443");
    ownPorts = orUsual(ownPorts, "80", "443");
  }

  private static List<Ports> orUsual(List<Ports> set, String... usual) {
    return set.isEmpty() ? List.of(usual).stream().map(Ports::new).toList() : List.copyOf(set);
  }
}
