package community.cloudy.services.graphs.settings;

import community.cloudy.services.spi.settings.Setting;
import java.util.Optional;

/** The nodes that offer services. */
public record CommunitySettings(
    @Setting(
            value = "Measure how long the nodes of the community take to answer",
            ca = "Mesura quant triguen a respondre els nodes de la comunitat",
            es = "Medir cuánto tardan en responder los nodos de la comunidad",
            fallback = "true")
        boolean enabled,
    @Setting(
            value = "Name of the SNMP credential for those devices that are in its networks",
            ca = "Nom de la credencial SNMP per als dispositius que són a les seves xarxes",
            es = "Nombre de la credencial SNMP para los dispositivos que están en sus redes",
            max = 40)
        Optional<String> credential) {}
