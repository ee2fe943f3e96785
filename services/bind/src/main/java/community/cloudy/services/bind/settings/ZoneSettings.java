package community.cloudy.services.bind.settings;

import community.cloudy.services.spi.settings.Setting;
import java.util.List;
import java.util.Optional;

/** A zone. */
public record ZoneSettings(
    @Setting(
            value = "What this node is to the zone: its primary, a secondary, or a forwarder",
            ca = "Què és aquest node per a la zona: primari, secundari o reenviador",
            es = "Qué es este nodo para la zona: primario, secundario o reenviador",
            fallback = "primary")
        Type type,
    @Setting(
            value = "Who sees it: the community's networks, everybody else, or both",
            ca = "Qui la veu: les xarxes de la comunitat, la resta, o tothom",
            es = "Quién la ve: las redes de la comunidad, el resto, o todos",
            fallback = "both")
        View view,
    @Setting(
            value = "A primary's records",
            ca = "Els registres d'una zona primària",
            es = "Los registros de una zona primaria",
            max = 100_000)
        List<RecordSettings> records,
    @Setting(
            value = "A primary's name servers; this node as ns1 if empty",
            ca = "Els servidors de noms d'una zona primària; aquest node com a ns1 si és buit",
            es = "Los servidores de nombres de una zona primaria; este nodo como ns1 si está vacío",
            max = 240)
        List<DomainName> nameservers,
    @Setting(
            value = "Mail address of who looks after the zone",
            ca = "Adreça de correu de qui té cura de la zona",
            es = "Dirección de correo de quien cuida la zona")
        Optional<MailAddress> contact,
    @Setting(
            value = "Serial number to begin above, when a zone is taken over",
            ca = "Número de sèrie pel damunt del qual començar, quan s'hereta una zona",
            es = "Número de serie por encima del cual empezar, cuando se hereda una zona",
            fallback = "0",
            max = 0xffffffffL)
        long serial,
    @Setting(
            value = "Servers that a secondary gets the zone from, or a forwarder asks",
            ca = "Servidors d'on un secundari obté la zona, o a qui pregunta un reenviador",
            es =
                "Servidores de los que un secundario obtiene la zona, o a los que pregunta un"
                    + " reenviador",
            max = 64)
        List<Server> servers,
    @Setting(
            value = "Whether a secondary signs its transfers with the transfer key",
            ca = "Si un secundari signa les transferències amb la clau de transferència",
            es = "Si un secundario firma las transferencias con la clave de transferencia",
            fallback = "false")
        boolean signed,
    @Setting(
            value = "Whether anybody may transfer the zone, without the transfer key",
            ca = "Si qualsevol pot transferir la zona, sense la clau de transferència",
            es = "Si cualquiera puede transferir la zona, sin la clave de transferencia",
            fallback = "false")
        boolean open) {

  /** What this node is to a zone. */
  public enum Type {
    /** The zone is kept here. */
    PRIMARY,
    /** The zone is copied from elsewhere. */
    SECONDARY,
    /** Questions are passed on. */
    FORWARD
  }

  /** Checks that what is written belongs to the type. */
  public ZoneSettings {
    records = List.copyOf(records);
    nameservers = List.copyOf(nameservers);
    servers = List.copyOf(servers);
    if (type == Type.PRIMARY && !servers.isEmpty()) {
      throw new IllegalArgumentException("must not have servers if it is primary");
    }
    if (type != Type.PRIMARY && servers.isEmpty()) {
      throw new IllegalArgumentException("must have servers if it is not primary");
    }
    if (type != Type.PRIMARY && !(records.isEmpty() && nameservers.isEmpty())) {
      throw new IllegalArgumentException("must have no records of its own if it is not primary");
    }
    if (type == Type.FORWARD && view == View.EXTERNAL) {
      throw new IllegalArgumentException(
          "must not be external if it forwards: only the community may ask for that");
    }
  }
}
