package community.cloudy.services.squid.settings;

import community.cloudy.services.spi.settings.Setting;
import java.util.List;

/** A share of the bandwidth. The first pool that fits somebody is theirs. */
public record Pool(
    @Setting(
            value = "Kilobits a second for all of the pool together; 0 means no limit",
            ca = "Kilobits per segon per a tot el conjunt; 0 vol dir sense límit",
            es = "Kilobits por segundo para todo el conjunto; 0 significa sin límite",
            fallback = "0",
            max = 10_000_000)
        int totalKbps,
    @Setting(
            value = "Kilobits a second for each address in it; 0 means no limit",
            ca = "Kilobits per segon per a cada adreça; 0 vol dir sense límit",
            es = "Kilobits por segundo para cada dirección; 0 significa sin límite",
            fallback = "0",
            max = 10_000_000)
        int eachKbps,
    @Setting(
            value = "Networks of its people",
            ca = "Xarxes de la seva gent",
            es = "Redes de su gente",
            max = 100)
        List<Network> networks,
    @Setting(
            value = "Logins of its people",
            ca = "Usuaris de la seva gent",
            es = "Usuarios de su gente",
            max = 500)
        List<PersonName> logins,
    @Setting(
            value = "Groups of its people; no networks, logins and groups means everybody",
            ca = "Grups de la seva gent; sense xarxes, usuaris ni grups, tothom",
            es = "Grupos de su gente; sin redes, usuarios ni grupos, todos",
            max = 100)
        List<GroupName> groups) {
  /** Checks that it limits something. */
  public Pool {
    networks = List.copyOf(networks);
    logins = List.copyOf(logins);
    groups = List.copyOf(groups);
    if (totalKbps == 0 && eachKbps == 0) {
      throw new IllegalArgumentException("must have total_kbps or each_kbps");
    }
  }
}
