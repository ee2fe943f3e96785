package community.cloudy.services.bind.settings;

import community.cloudy.services.spi.settings.Setting;
import java.nio.file.Path;
import java.util.Optional;

/** Files of the site's own, in the language of BIND, that are read and never written. */
public record IncludeSettings(
    @Setting(
            value = "File read beside the options, such as /etc/bind/named.conf.options.private",
            ca =
                "Fitxer que es llegeix al costat de les opcions, com ara"
                    + " /etc/bind/named.conf.options.private",
            es =
                "Fichero que se lee junto a las opciones, como"
                    + " /etc/bind/named.conf.options.private")
        Optional<Path> options,
    @Setting(
            value = "File read in the internal view, such as /etc/bind/named.conf.int.private",
            ca =
                "Fitxer que es llegeix a la vista interna, com ara"
                    + " /etc/bind/named.conf.int.private",
            es =
                "Fichero que se lee en la vista interna, como"
                    + " /etc/bind/named.conf.int.private")
        Optional<Path> internal,
    @Setting(
            value = "File read in the external view, such as /etc/bind/named.conf.ext.private",
            ca =
                "Fitxer que es llegeix a la vista externa, com ara"
                    + " /etc/bind/named.conf.ext.private",
            es =
                "Fichero que se lee en la vista externa, como"
                    + " /etc/bind/named.conf.ext.private")
        Optional<Path> external) {}
