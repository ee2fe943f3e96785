package community.cloudy.services.squid.settings;

import community.cloudy.services.spi.settings.Setting;
import java.util.List;

/** Other proxies of the community that this one asks. */
public record Parents(
    @Setting(
            value = "How many of the nearest proxies of the community this one asks; 0 means none",
            ca = "A quants dels servidors intermediaris més propers pregunta aquest; 0 vol dir cap",
            es = "A cuántos de los proxies más cercanos pregunta este; 0 significa ninguno",
            fallback = "0",
            max = 4)
        int count,
    @Setting(
            value = "The only nodes whose proxies it asks; none means any whose key is known",
            ca = "Els únics nodes als quals pregunta; cap vol dir qualsevol de clau coneguda",
            es =
                "Los únicos nodos a los que pregunta; ninguno significa cualquiera de clave conocida",
            max = 50)
        List<String> nodes,
    @Setting(
            value = "Whether it goes to the Internet by itself if they do not answer",
            ca = "Si va a Internet pel seu compte quan no responen",
            es = "Si va a Internet por su cuenta cuando no responden",
            fallback = "true")
        boolean direct,
    @Setting(
            value =
                "Whether logins are passed on to them; only the nodes that are named here get any",
            ca = "Si se'ls passen els inicis de sessió; només els reben els nodes anomenats aquí",
            es = "Si se les pasan los inicios de sesión; solo los reciben los nodos nombrados aquí",
            fallback = "false")
        boolean passLogins) {
  /** Checks that nobody gets passwords whom no person has named. */
  public Parents {
    nodes = List.copyOf(nodes);
    if (passLogins && nodes.isEmpty()) {
      throw new IllegalArgumentException("must name nodes if logins are passed on to them");
    }
  }
}
