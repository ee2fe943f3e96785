package community.cloudy.services.syncthing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.gossip.discovery.store.SafeFile;
import community.cloudy.services.spi.People.Directory;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Who may use Syncthing's own page: nobody, unless there is a password or the node's directory is
 * to be asked.
 *
 * @see <a href="https://docs.syncthing.net/advanced/gui-authmode.html">GUI authentication</a>
 */
final class Gui {
  static final String USER = "cloudy";
  private static final int MAX_PASSWORD = 256;

  private Gui() {}

  /**
   * Makes it so.
   *
   * @throws ServiceException if the directory is to be asked and there is none
   */
  static void apply(SyncthingApi api, SyncthingSettings settings, Optional<Directory> directory) {
    if (settings.ldap()) {
      api.put("/rest/config/ldap", ldap(directory));
    }
    ObjectNode gui = api.object("/rest/config/gui");
    ObjectNode wanted = gui.deepCopy();
    wanted.put("authMode", settings.ldap() ? "ldap" : "static");
    // Syncthing keeps the hash of it.
    settings.guiPasswordFile().ifPresent(file -> wanted.put("password", password(file)));
    wanted.put("user", USER);
    if (!wanted.equals(gui)) {
      api.put("/rest/config/gui", wanted);
    }
  }

  private static ObjectNode ldap(Optional<Directory> directory) {
    Directory asked =
        directory.orElseThrow(
            () ->
                new ServiceException(
                    Code.INVALID,
                    "Could not have Syncthing ask the directory: this node has none. Set auth.ldap,"
                        + " or services.syncthing.ldap: false."));
    return Syncthing.json()
        .put("address", asked.server())
        .put("bindDN", asked.entry().replace("%", "%%").replace("{user}", "%s"))
        .put("transport", asked.security().name().toLowerCase(Locale.ROOT))
        .put("insecureSkipVerify", false);
  }

  private static String password(Path file) {
    try {
      String password = new String(SafeFile.read(file, MAX_PASSWORD), StandardCharsets.UTF_8);
      if (!password.isBlank()) {
        return password.strip();
      }
      throw new ServiceException(Code.INVALID, "There is no password in " + file + ".");
    } catch (IOException e) {
      throw new ServiceException(Code.MISSING, "Could not read " + file + ": " + e, e);
    }
  }
}
