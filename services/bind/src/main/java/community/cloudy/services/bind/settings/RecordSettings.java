package community.cloudy.services.bind.settings;

import community.cloudy.services.spi.settings.Setting;
import java.time.Duration;
import java.util.Optional;

/** A record of a zone. */
public record RecordSettings(
    @Setting(
            value = "Name below the zone; @ is the zone itself, * any other name",
            ca = "Nom dins de la zona; @ és la zona mateixa, * qualsevol altre nom",
            es = "Nombre dentro de la zona; @ es la zona misma, * cualquier otro nombre",
            fallback = "@",
            max = 240,
            pattern = "@|(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9_-]*)(\\.[A-Za-z0-9_-]+)*|\\*")
        String name,
    @Setting(value = "Type", ca = "Tipus", es = "Tipo") Type type,
    @Setting(
            value =
                "What is answered: an address, a name, or what the type asks for; the text itself"
                    + " for txt",
            ca = "Què es respon: una adreça, un nom, o el que demani el tipus; el text per a txt",
            es =
                "Qué se responde: una dirección, un nombre, o lo que pida el tipo; el texto para"
                    + " txt",
            max = 4000)
        String value,
    @Setting(
            value = "How long others may keep it",
            ca = "Quant de temps ho poden guardar els altres",
            es = "Cuánto tiempo lo pueden guardar los demás")
        Optional<Duration> ttl) {

  /** The types that can be written. */
  public enum Type {
    /** An IPv4 address. */
    A,
    /** An IPv6 address. */
    AAAA,
    /** Another name of. */
    CNAME,
    /** A preference and a mail server. */
    MX,
    /** The server of a part that others keep. */
    NS,
    /** The name of an address. */
    PTR,
    /** Priority, weight, port and host of a service. */
    SRV,
    /** Any text. */
    TXT,
    /** Who may issue certificates. */
    CAA,
    /** The fingerprint of a host's key. */
    SSHFP
  }
}
