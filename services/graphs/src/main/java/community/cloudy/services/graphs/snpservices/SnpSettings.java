package community.cloudy.services.graphs.snpservices;

import community.cloudy.services.spi.settings.Setting;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;

/** What a person can set of the answers in snpservices' manner. */
public record SnpSettings(
    @Setting(
            value = "Answers as guifi.net's snpservices did",
            ca = "Respon com ho feia l'snpservices de guifi.net",
            es = "Responde como lo hacía el snpservices de guifi.net",
            fallback = "true")
        boolean enabled,
    @Setting(
            value = "Port on which it answers",
            ca = "Port on respon",
            es = "Puerto en el que responde",
            fallback = "8096",
            min = 1,
            max = 65535)
        int port,
    @Setting(
            value = "Time zone of its dates, such as Europe/Madrid",
            ca = "Fus horari de les dates, com ara Europe/Madrid",
            es = "Zona horaria de las fechas, como Europe/Madrid",
            fallback = "UTC")
        Zone zone,
    @Setting(
            value = "Id of this graph server (the SNPgraphs service) at guifi.net",
            ca = "Id d'aquest servidor de gràfics (servei SNPgraphs) a guifi.net",
            es = "Id de este servidor de gráficas (servicio SNPgraphs) en guifi.net",
            pattern = "[0-9]{1,10}")
        Optional<String> serverId) {

  /**
   * A time zone.
   *
   * @param text its name
   */
  public record Zone(String text) {
    /** Checks that there is such a zone. */
    public Zone {
      try {
        ZoneId.of(text);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException("must be a time zone such as Europe/Madrid", e);
      }
    }

    /** Returns the zone. */
    public ZoneId id() {
      return ZoneId.of(text);
    }
  }
}
