package community.cloudy.services.graphs.settings;

import community.cloudy.services.spi.settings.Setting;
import community.cloudy.services.spi.web.Source;
import java.util.List;
import java.util.Optional;

/** A list of devices as the graph servers of guifi.net read it. */
public record CsvSettings(
    @Setting(
            value =
                "Document, such as http://snpservices.guifi.net/snpservices/graphs/cnml2mrtgcsv.php?server=123",
            ca =
                "Document, com ara http://snpservices.guifi.net/snpservices/graphs/cnml2mrtgcsv.php?server=123",
            es =
                "Documento, como http://snpservices.guifi.net/snpservices/graphs/cnml2mrtgcsv.php?server=123",
            max = 500)
        Optional<Source> source,
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
