package community.cloudy.services.graphs.settings;

import community.cloudy.services.spi.settings.Setting;
import community.cloudy.services.spi.web.Source;
import java.util.List;
import java.util.Optional;

/** The map of the community, in CNML. */
public record CnmlSettings(
    @Setting(
            value = "Document, such as http://guifi.net/guifi/cnml/3671/detail",
            ca = "Document, com ara http://guifi.net/guifi/cnml/3671/detail",
            es = "Documento, como http://guifi.net/guifi/cnml/3671/detail",
            max = 500)
        Optional<Source> source,
    @Setting(
            value = "Id of this graph server in it; 0 to watch all devices",
            ca =
                "Identificador d'aquest servidor de gràfiques; 0 per observar tots els dispositius",
            es =
                "Identificador de este servidor de gráficas; 0 para observar todos los dispositivos",
            fallback = "0",
            max = 2_000_000_000)
        int server,
    @Setting(
            value = "Networks whose devices are watched; any where none is written",
            ca = "Xarxes els dispositius de les quals s'observen; totes si no se n'escriu cap",
            es = "Redes cuyos dispositivos se observan; todas si no se escribe ninguna")
        List<Network> networks,
    @Setting(
            value = "Name of the SNMP credential for those devices that are in its networks",
            ca = "Nom de la credencial SNMP per als dispositius que són a les seves xarxes",
            es = "Nombre de la credencial SNMP para los dispositivos que están en sus redes",
            max = 40)
        Optional<String> credential) {}
