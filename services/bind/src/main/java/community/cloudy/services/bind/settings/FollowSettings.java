package community.cloudy.services.bind.settings;

import community.cloudy.services.spi.settings.Setting;

/** A primary whose whole list of zones (RFC 9432) this node serves too. */
public record FollowSettings(
    @Setting(
            value = "The primary, such as 10.1.2.3",
            ca = "El primari, com ara 10.1.2.3",
            es = "El primario, como 10.1.2.3",
            max = 80)
        Server server,
    @Setting(
            value = "The zone that lists its zones",
            ca = "La zona que llista les seves zones",
            es = "La zona que lista sus zonas",
            fallback = "catalog.internal",
            max = 240)
        DomainName catalogZone) {}
