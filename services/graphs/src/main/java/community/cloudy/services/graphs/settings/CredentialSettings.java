package community.cloudy.services.graphs.settings;

import community.cloudy.services.spi.settings.Setting;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What devices are asked with. Holds where the secrets lie, never the secrets.
 *
 * <p>It is sent only to devices in the settings that name it and have their address there, and to
 * addresses in its networks.
 */
public record CredentialSettings(
    @Setting(
            value = "Name, by which devices and sources refer to it",
            ca = "Nom, amb què s'hi refereixen els dispositius i les fonts",
            es = "Nombre, con que se refieren a ella los dispositivos y las fuentes",
            pattern = "[A-Za-z0-9._-]{1,40}")
        String name,
    @Setting(
            value = "Version of SNMP: 2c or 3",
            ca = "Versió de SNMP: 2c o 3",
            es = "Versión de SNMP: 2c o 3",
            fallback = "2c",
            pattern = "2c|3")
        String version,
    @Setting(
            value = "File with the community of version 2c; public where none is written",
            ca = "Fitxer amb la comunitat de la versió 2c; public si no se n'escriu cap",
            es = "Fichero con la comunidad de la versión 2c; public si no se escribe ninguno")
        Optional<Path> communityFile,
    @Setting(
            value = "User of version 3",
            ca = "Usuari de la versió 3",
            es = "Usuario de la versión 3",
            max = 32)
        Optional<String> user,
    @Setting(
            value = "How answers are signed",
            ca = "Com se signen les respostes",
            es = "Cómo se firman las respuestas",
            fallback = "sha256")
        Auth auth,
    @Setting(
            value = "File with the password for signing; without one nothing is signed",
            ca = "Fitxer amb la contrasenya per signar; sense ella no se signa res",
            es = "Fichero con la contraseña para firmar; sin ella no se firma nada")
        Optional<Path> authPasswordFile,
    @Setting(
            value = "How answers are encrypted",
            ca = "Com es xifren les respostes",
            es = "Cómo se cifran las respuestas",
            fallback = "aes128")
        Priv priv,
    @Setting(
            value = "File with the password for encrypting; without one nothing is encrypted",
            ca = "Fitxer amb la contrasenya per xifrar; sense ella no es xifra res",
            es = "Fichero con la contraseña para cifrar; sin ella no se cifra nada")
        Optional<Path> privPasswordFile,
    @Setting(
            value = "Context of version 3, where a device has several",
            ca = "Context de la versió 3, si un dispositiu en té diversos",
            es = "Contexto de la versión 3, si un dispositivo tiene varios",
            max = 32)
        Optional<String> context,
    @Setting(
            value = "Port the devices answer at",
            ca = "Port on responen els dispositius",
            es = "Puerto en que responden los dispositivos",
            fallback = "161",
            min = 1,
            max = 65535)
        int port,
    @Setting(
            value = "Networks it may be sent to",
            ca = "Xarxes a les quals es pot enviar",
            es = "Redes a las que se puede enviar")
        List<Network> networks) {
  /** How a message is signed (RFC 3414, RFC 7860). */
  public enum Auth {
    MD5,
    SHA1,
    SHA224,
    SHA256,
    SHA384,
    SHA512
  }

  /** How a message is encrypted (RFC 3414, RFC 3826; longer AES as devices do it by custom). */
  public enum Priv {
    DES,
    AES128,
    AES192,
    AES256
  }

  /** Checks that the parts go together. */
  public CredentialSettings {
    networks = List.copyOf(networks);
    if (version.equals("3") && user.orElse("").isEmpty()) {
      throw new IllegalArgumentException("must have a user for version 3");
    }
    if (version.equals("3") && communityFile.isPresent()) {
      throw new IllegalArgumentException("must not have a community_file for version 3");
    }
    if (version.equals("2c") && (authPasswordFile.isPresent() || privPasswordFile.isPresent())) {
      throw new IllegalArgumentException("must have version 3 to use a password");
    }
    if (privPasswordFile.isPresent() && authPasswordFile.isEmpty()) {
      throw new IllegalArgumentException("must sign, by auth_password_file, where it encrypts");
    }
  }

  /** Tells whether it may be sent to an address that somebody else has named. */
  public boolean mayGoTo(InetAddress address) {
    return networks.stream().anyMatch(network -> network.holds(address));
  }
}
