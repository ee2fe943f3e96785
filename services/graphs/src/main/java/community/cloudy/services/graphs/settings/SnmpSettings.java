package community.cloudy.services.graphs.settings;

import community.cloudy.services.spi.settings.Setting;
import java.time.Duration;

/** How devices are asked by SNMP. */
public record SnmpSettings(
    @Setting(
            value = "How long an answer is waited for, 1s to 60s",
            ca = "Quant s'espera una resposta, d'1s a 60s",
            es = "Cuánto se espera una respuesta, de 1s a 60s",
            fallback = "2s")
        Duration timeout,
    @Setting(
            value = "How often a request is repeated",
            ca = "Quantes vegades es repeteix una petició",
            es = "Cuántas veces se repite una petición",
            fallback = "2",
            max = 10)
        int retries,
    @Setting(
            value = "How many rows are asked for at once; less for old radios",
            ca = "Quantes files es demanen alhora; menys per a ràdios velles",
            es = "Cuántas filas se piden a la vez; menos para radios viejas",
            fallback = "10",
            min = 1,
            max = 50)
        int maxRepetitions,
    @Setting(
            value = "How many requests may wait for an answer",
            ca = "Quantes peticions poden esperar resposta",
            es = "Cuántas peticiones pueden esperar respuesta",
            fallback = "2000",
            min = 1,
            max = 20_000)
        int inFlight) {
  /** Checks the time. */
  public SnmpSettings {
    if (timeout.toSeconds() < 1 || timeout.toSeconds() > 60) {
      throw new IllegalArgumentException("must have a timeout from 1s to 60s");
    }
  }
}
