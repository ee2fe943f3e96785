package community.cloudy.services.squid.settings;

import community.cloudy.services.spi.settings.Setting;
import java.util.List;

/** Who may use the proxy. */
public record Who(
    @Setting(
            value =
                "Networks from which the proxy may be used; none means 10.0.0.0/8, 192.168.0.0/16,"
                    + " fc00::/7 and this node",
            ca =
                "Xarxes des d'on es pot fer servir el servidor intermediari; cap vol dir"
                    + " 10.0.0.0/8, 192.168.0.0/16, fc00::/7 i aquest node",
            es =
                "Redes desde las que se puede usar el proxy; ninguna significa 10.0.0.0/8,"
                    + " 192.168.0.0/16, fc00::/7 y este nodo",
            max = 200)
        List<Network> networks,
    @Setting(
            value = "Whether people must log in",
            ca = "Si cal iniciar sessió",
            es = "Si hay que iniciar sesión",
            fallback = "required")
        LoginNeed login,
    @Setting(
            value =
                "Logins that may use it; no logins and no groups means everybody who can log in",
            ca =
                "Usuaris que el poden fer servir; si no hi ha ni usuaris ni grups, tothom que pot"
                    + " iniciar sessió",
            es =
                "Usuarios que pueden usarlo; sin usuarios ni grupos, todos los que pueden iniciar"
                    + " sesión",
            max = 500)
        List<PersonName> logins,
    @Setting(
            value = "Groups of the directory whose members may use it",
            ca = "Grups del directori els membres dels quals el poden fer servir",
            es = "Grupos del directorio cuyos miembros pueden usarlo",
            max = 100)
        List<GroupName> groups) {
  private static final List<Network> USUAL =
      List.of(
          new Network("10.0.0.0/8"),
          new Network("192.168.0.0/16"),
          new Network("fc00::/7"),
          new Network("127.0.0.0/8"),
          new Network("::1"));

  /** Whether people log in. */
  public enum LoginNeed {
    /** They do, as they would to the node. */
    REQUIRED,
    /** Anybody in the networks may use it. */
    NONE
  }

  /** Checks that people can be told apart where they have to be. */
  public Who {
    networks = List.copyOf(networks);
    logins = List.copyOf(logins);
    groups = List.copyOf(groups);
    if (login == LoginNeed.NONE && !(logins.isEmpty() && groups.isEmpty())) {
      throw new IllegalArgumentException(
          "must have login: required if only some logins or groups may use the proxy");
    }
  }

  /** Returns the networks, or the usual ones. */
  public List<Network> networksOrUsual() {
    return networks.isEmpty() ? USUAL : networks;
  }
}
