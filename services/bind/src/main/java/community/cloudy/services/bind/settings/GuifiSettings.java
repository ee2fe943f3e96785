package community.cloudy.services.bind.settings;

import community.cloudy.services.spi.settings.Setting;
import community.cloudy.services.spi.web.Source;
import java.time.Duration;
import java.util.Optional;

/** What is taken over from guifi.net, or from a community that answers like it. */
public record GuifiSettings(
    @Setting(
            value = "Document of the domains, such as http://guifi.net/guifi/cnml/123/domains",
            ca = "Document dels dominis, com ara http://guifi.net/guifi/cnml/123/domains",
            es = "Documento de los dominios, como http://guifi.net/guifi/cnml/123/domains",
            max = 500)
        Optional<Source> domains,
    @Setting(
            value = "Document of the addresses, such as http://guifi.net/dump/ips",
            ca = "Document de les adreces, com ara http://guifi.net/dump/ips",
            es = "Documento de las direcciones, como http://guifi.net/dump/ips",
            max = 500)
        Optional<Source> addresses,
    @Setting(
            value = "Zone of the names of the addresses",
            ca = "Zona dels noms de les adreces",
            es = "Zona de los nombres de las direcciones",
            fallback = "ip.guifi.net",
            max = 240)
        DomainName addressZone,
    @Setting(
            value = "How often they are read, at least 1m",
            ca = "Cada quant es llegeixen, com a mínim 1m",
            es = "Cada cuánto se leen, como mínimo 1m",
            fallback = "30m")
        Duration every) {
  /** Checks the time. */
  public GuifiSettings {
    if (every.toSeconds() < 60) {
      throw new IllegalArgumentException("must be read every 1m or less often");
    }
  }
}
