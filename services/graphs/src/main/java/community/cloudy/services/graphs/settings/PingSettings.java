package community.cloudy.services.graphs.settings;

import community.cloudy.services.spi.settings.Setting;

/** How the time that devices take to answer is measured. */
public record PingSettings(
    @Setting(value = "Measure it", ca = "Mesura-ho", es = "Medirlo", fallback = "true")
        boolean enabled,
    @Setting(
            value = "How many echo requests are sent to each device",
            ca = "Quantes peticions d'eco s'envien a cada dispositiu",
            es = "Cuántas peticiones de eco se envían a cada dispositivo",
            fallback = "5",
            min = 1,
            max = 20)
        int probes,
    @Setting(
            value = "How long an answer is waited for, in milliseconds",
            ca = "Quant s'espera una resposta, en mil·lisegons",
            es = "Cuánto se espera una respuesta, en milisegundos",
            fallback = "4000",
            min = 100,
            max = 10_000)
        int timeoutMillis) {}
