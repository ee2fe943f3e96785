package community.cloudy.services.squid.settings;

import community.cloudy.services.spi.settings.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a person can set of the proxy. */
public record SquidSettings(
    @Setting(
            value = "The port people use",
            ca = "El port que fa servir la gent",
            es = "El puerto que usa la gente",
            fallback = "3128",
            min = 1,
            max = 65535)
        int port,
    @Setting(
            value = "Addresses of this node at which it answers; none means all",
            ca = "Adreces d'aquest node on respon; cap vol dir totes",
            es = "Direcciones de este nodo en las que responde; ninguna significa todas",
            max = 16)
        List<Address> listen,
    @Setting(
            value = "Megabytes of memory for what people have fetched",
            ca = "Megabytes de memòria per al que la gent ha baixat",
            es = "Megabytes de memoria para lo que la gente ha descargado",
            fallback = "64",
            min = 4,
            max = 65536)
        int memoryMb,
    @Setting(
            value = "Megabytes of disk for it; 0 means none",
            ca = "Megabytes de disc; 0 vol dir cap",
            es = "Megabytes de disco; 0 significa ninguno",
            fallback = "1024",
            max = 4_000_000)
        int diskMb,
    @Setting(
            value = "Megabytes of the largest thing that is kept",
            ca = "Megabytes de la cosa més gran que es desa",
            es = "Megabytes de lo más grande que se guarda",
            fallback = "20",
            min = 1,
            max = 10_000)
        int maxObjectMb,
    @Setting(value = "Who may use it", ca = "Qui el pot fer servir", es = "Quién puede usarlo")
        Who who,
    @Setting(value = "Where they may go", ca = "On es pot anar", es = "Adónde se puede ir")
        Destinations destinations,
    @Setting(
            value = "Other proxies that this one asks",
            ca = "Altres servidors intermediaris als quals pregunta",
            es = "Otros proxies a los que pregunta")
        Parents parents,
    @Setting(
            value = "Shares of the bandwidth",
            ca = "Parts de l'amplada de banda",
            es = "Partes del ancho de banda",
            max = 20)
        List<Pool> pools,
    @Setting(
            value = "How it goes together with the community's other proxies",
            ca = "Com es federa amb els altres servidors intermediaris",
            es = "Cómo se federa con los otros proxies")
        Federation federation,
    @Setting(
            value = "How long a login stands before the directory is asked again",
            ca = "Quant de temps val un inici de sessió abans de tornar a preguntar al directori",
            es = "Cuánto vale un inicio de sesión antes de volver a preguntar al directorio",
            fallback = "5m")
        Duration recheck,
    @Setting(
            value = "What browsers show when they ask for the login",
            ca = "Què mostra el navegador quan demana l'usuari",
            es = "Qué muestra el navegador cuando pide el usuario",
            fallback = "Community proxy",
            pattern = "[A-Za-z0-9][A-Za-z0-9 .,:()_-]*",
            max = 60)
        String realm,
    @Setting(
            value = "Whom people may write to about the proxy",
            ca = "A qui pot escriure la gent",
            es = "A quién puede escribir la gente",
            pattern = "[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,128}")
        Optional<String> contact,
    @Setting(
            value = "Name servers that it asks; none means the system's",
            ca = "Servidors de noms als quals pregunta; cap vol dir els del sistema",
            es = "Servidores de nombres a los que pregunta; ninguno significa los del sistema",
            max = 4)
        List<Address> nameServers,
    @Setting(
            value = "Whether its log and the statistics tell people and sites apart",
            ca = "Si el registre i les estadístiques distingeixen persones i llocs",
            es = "Si el registro y las estadísticas distinguen personas y sitios",
            fallback = "false")
        boolean logPeople,
    @Setting(
            value = "The program",
            ca = "El programa",
            es = "El programa",
            fallback = "/usr/sbin/squid")
        Path program,
    @Setting(
            value = "The user it runs as; none means proxy if the agent is root, else the agent's",
            ca = "L'usuari amb què s'executa; cap vol dir proxy si l'agent és root",
            es = "El usuario con el que se ejecuta; ninguno significa proxy si el agente es root",
            pattern = "[a-z_][a-z0-9_-]{0,31}")
        Optional<String> user) {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  /** Checks how things go together. */
  public SquidSettings {
    listen = List.copyOf(listen);
    pools = List.copyOf(pools);
    nameServers = List.copyOf(nameServers);
    if (recheck.compareTo(SHORTEST) < 0 || recheck.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("must have a recheck of 1s to 1d");
    }
    boolean tellsPeople =
        pools.stream().anyMatch(pool -> !(pool.logins().isEmpty() && pool.groups().isEmpty()));
    if (tellsPeople && !needsLogin(who)) {
      throw new IllegalArgumentException(
          "must have who: {login: required} if a pool has logins or groups");
    }
  }

  private static boolean needsLogin(Who who) {
    return who.login() == Who.LoginNeed.REQUIRED;
  }

  /** Tells whether people must log in. */
  public boolean needsLogin() {
    return needsLogin(who);
  }
}
