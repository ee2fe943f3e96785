package community.cloudy.services.bind.settings;

import community.cloudy.services.spi.settings.Setting;
import java.time.Duration;

/** The zone of what the community announces. */
public record CatalogueSettings(
    @Setting(
            value = "Whether the community's nodes and services have names",
            ca = "Si els nodes i serveis de la comunitat tenen noms",
            es = "Si los nodos y servicios de la comunidad tienen nombres",
            fallback = "true")
        boolean enabled,
    @Setting(
            value = "The zone that holds the names",
            ca = "La zona que conté els noms",
            es = "La zona que contiene los nombres",
            fallback = "cloudy.internal",
            max = 240)
        DomainName zone,
    @Setting(
            value = "Whether those outside the community's networks see it too",
            ca = "Si també la veuen els de fora de les xarxes de la comunitat",
            es = "Si también la ven los de fuera de las redes de la comunidad",
            fallback = "false")
        boolean external,
    @Setting(
            value = "How long others may keep an answer, from 1s to 1d",
            ca = "Quant de temps els altres poden guardar una resposta, de 1s a 1d",
            es = "Cuánto tiempo los demás pueden guardar una respuesta, de 1s a 1d",
            fallback = "30s")
        Duration ttl) {
  /** Checks the time. */
  public CatalogueSettings {
    if (ttl.toSeconds() < 1 || ttl.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("must have a ttl from 1s to 1d");
    }
  }
}
