package community.cloudy.services.syncthing;

import community.cloudy.services.spi.settings.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a person can set of Syncthing. */
public record SyncthingSettings(
    @Setting(
            value = "Port on which others connect to synchronise",
            ca = "Port on els altres es connecten per sincronitzar",
            es = "Puerto en el que otros se conectan para sincronizar",
            fallback = "22000",
            min = 1,
            max = 65535)
        int port,
    @Setting(
            value = "Port of its own page, on loopback only",
            ca = "Port de la seva pàgina, només en local",
            es = "Puerto de su página, solo en local",
            fallback = "8384",
            min = 1,
            max = 65535)
        int guiPort,
    @Setting(
            value = "Folder below which shared folders may lie, beside the node's own",
            ca = "Carpetes sota les quals hi pot haver carpetes compartides",
            es = "Carpetas bajo las que puede haber carpetas compartidas")
        List<Path> paths,
    @Setting(
            value = "Finds devices on the same link",
            ca = "Troba dispositius al mateix enllaç",
            es = "Encuentra dispositivos en el mismo enlace",
            fallback = "true")
        boolean localDiscovery,
    @Setting(
            value = "Tells Syncthing's discovery servers on the Internet where it is",
            ca = "Informa els servidors de descobriment d'Internet",
            es = "Informa a los servidores de descubrimiento de Internet",
            fallback = "false")
        boolean globalDiscovery,
    @Setting(
            value = "Uses relays on the Internet",
            ca = "Fa servir repetidors d'Internet",
            es = "Usa repetidores de Internet",
            fallback = "false")
        boolean relays,
    @Setting(
            value = "Opens ports in home routers by UPnP and NAT-PMP",
            ca = "Obre ports als encaminadors amb UPnP i NAT-PMP",
            es = "Abre puertos en los routers con UPnP y NAT-PMP",
            fallback = "false")
        boolean nat,
    @Setting(
            value = "Sends usage reports to the makers of Syncthing",
            ca = "Envia informes d'ús",
            es = "Envía informes de uso",
            fallback = "false")
        boolean usageReports,
    @Setting(
            value = "Sends crash reports to the makers of Syncthing",
            ca = "Envia informes d'errors",
            es = "Envía informes de fallos",
            fallback = "false")
        boolean crashReports,
    @Setting(
            value = "Asks the node's directory who may see its own page",
            ca = "Demana al directori del node qui pot veure la seva pàgina",
            es = "Pregunta al directorio del nodo quién puede ver su página",
            fallback = "false")
        boolean ldap,
    @Setting(
            value = "File with the password of the user cloudy on its own page",
            ca = "Fitxer amb la contrasenya de l'usuari cloudy",
            es = "Fichero con la contraseña del usuario cloudy")
        Optional<Path> guiPasswordFile,
    @Setting(
            value = "The program",
            ca = "El programa",
            es = "El programa",
            fallback = "/usr/bin/syncthing")
        Path program,
    @Setting(
            value = "User it runs as; the agent's if nothing is written",
            ca = "Usuari amb què s'executa",
            es = "Usuario con el que se ejecuta",
            pattern = "[a-z_][a-z0-9_-]{0,31}")
        Optional<String> user,
    @Setting(
            value = "Where an instance that runs by itself answers, with run: external",
            ca = "On respon una instància externa",
            es = "Dónde responde una instancia externa",
            fallback = "http://127.0.0.1:8384",
            pattern = "http://(127\\.0\\.0\\.1|localhost|\\[::1\\]):[0-9]{1,5}")
        String address,
    @Setting(
            value = "File that holds the API key of an instance that runs by itself",
            ca = "Fitxer amb la clau de l'API d'una instància externa",
            es = "Fichero con la clave de la API de una instancia externa")
        Optional<Path> apiKeyFile) {}
