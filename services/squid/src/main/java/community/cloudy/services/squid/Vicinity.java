package community.cloudy.services.squid;

import community.cloudy.services.spi.ModuleContext;
import community.cloudy.services.squid.conf.FederationList;
import community.cloudy.services.squid.conf.Surroundings;
import community.cloudy.services.squid.login.LoginPipe;
import community.cloudy.services.squid.settings.SquidSettings;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks at what Squid's file depends on besides the settings. */
record Vicinity(ModuleContext context, SquidFolders folders) {
  /**
   * Returns what there is now.
   *
   * @param current the proxies that are asked so far
   * @param list the imported list of the federation
   */
  Surroundings now(
      SquidSettings settings, List<Surroundings.Parent> current, Optional<FederationList> list) {
    OwnAddresses own = OwnAddresses.now();
    Neighbours neighbours = new Neighbours(context.catalogue(), own.addresses());
    return new Surroundings(
        context.node(),
        folders.work(),
        folders.door(),
        folders.user(),
        Path.of(System.getProperty("java.home"), "bin", "java"),
        classes(),
        List.copyOf(own.addresses()),
        List.copyOf(own.containers()),
        neighbours.choose(settings.parents(), current),
        list);
  }

  /** The helper needs no class but those that lie beside its own. */
  private static Path classes() {
    try {
      return Path.of(LoginPipe.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
