package community.cloudy.services.graphs.settings;

import community.cloudy.services.spi.settings.Setting;
import java.util.List;
import java.util.Optional;

/** A device that a person wants to watch, or what they add to one that a source tells of. */
public record DeviceSettings(
    @Setting(
            value = "Names the device and its files for good",
            ca = "Identifica el dispositiu i els seus fitxers per sempre",
            es = "Identifica el dispositivo y sus ficheros para siempre",
            pattern = "[A-Za-z0-9-]{1,40}")
        String id,
    @Setting(
            value = "Title for people",
            ca = "Títol per a les persones",
            es = "Título para las personas",
            max = 255)
        Optional<String> title,
    @Setting(
            value = "Address; where none is written, the one that another source tells of",
            ca = "Adreça; si no s'escriu, la que indica una altra font",
            es = "Dirección; si no se escribe, la que indica otra fuente")
        Optional<Address> address,
    @Setting(
            value = "Id of the node it stands at",
            ca = "Identificador del node on és",
            es = "Identificador del nodo en el que está",
            pattern = "[A-Za-z0-9-]{1,40}")
        Optional<String> node,
    @Setting(
            value = "Name of the SNMP credential it is asked with; none to ask no SNMP",
            ca = "Nom de la credencial SNMP amb què es consulta; cap per no usar SNMP",
            es = "Nombre de la credencial SNMP con que se consulta; ninguna para no usar SNMP",
            max = 40)
        Optional<String> credential,
    @Setting(
            value = "Names of the interfaces to measure",
            ca = "Noms de les interfícies a mesurar",
            es = "Nombres de las interfaces a medir",
            max = 255)
        List<String> ports,
    @Setting(
            value = "Measure all its interfaces; so it is where none is named",
            ca = "Mesura totes les seves interfícies; és així si no se n'anomena cap",
            es = "Medir todas sus interfaces; es así si no se nombra ninguna",
            fallback = "false")
        boolean allPorts,
    @Setting(
            value = "Measure how long it takes to answer",
            ca = "Mesura quant triga a respondre",
            es = "Medir cuánto tarda en responder",
            fallback = "true")
        boolean ping) {
  private static final int MAX_PORTS = 1024;

  /** Checks how many ports there are. */
  public DeviceSettings {
    ports = List.copyOf(ports);
    if (ports.size() > MAX_PORTS) {
      throw new IllegalArgumentException("must have at most 1,024 ports");
    }
  }
}
