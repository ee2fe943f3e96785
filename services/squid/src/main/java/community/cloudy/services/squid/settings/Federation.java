package community.cloudy.services.squid.settings;

import community.cloudy.services.spi.settings.Setting;

/** How the proxy goes together with the community's others. */
public record Federation(
    @Setting(
            value = "Whether people whose home is another proxy may use this one",
            ca = "Si pot fer-lo servir gent d'altres servidors intermediaris",
            es = "Si puede usarlo gente de otros proxies",
            fallback = "true")
        boolean accept,
    @Setting(
            value =
                "The number of this proxy in the federation; 0 takes the first line of the"
                    + " imported list",
            ca =
                "El número d'aquest servidor a la federació; 0 pren la primera línia de la llista"
                    + " importada",
            es =
                "El número de este proxy en la federación; 0 toma la primera línea de la lista"
                    + " importada",
            fallback = "0",
            max = 99_999_999)
        int proxy) {}
