package community.cloudy.services.squid;

import community.cloudy.services.spi.Descriptor;
import community.cloudy.services.spi.ModuleContext;
import community.cloudy.services.spi.Resource;
import community.cloudy.services.spi.RunMode;
import community.cloudy.services.spi.ServiceModule;
import community.cloudy.services.squid.settings.SquidSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A web proxy and cache for the community. */
public final class SquidModule implements ServiceModule<SquidSettings, SquidInstance> {
  private static final Descriptor DESCRIPTOR =
      new Descriptor(
          "squid",
          Map.of("en", "Web proxy", "ca", "Servidor intermediari web", "es", "Proxy web"),
          Map.of(
              "en", "Shares this node's way to the Internet, and keeps what is fetched often.",
              "ca", "Comparteix la sortida a Internet d'aquest node i desa el que es baixa sovint.",
              "es", "Comparte la salida a Internet de este nodo y guarda lo que se baja a menudo."),
          Set.of(RunMode.PROCESS, RunMode.EXTERNAL),
          Set.of(Neighbours.TYPE));

  @Override
  public Descriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Class<SquidSettings> settings() {
    return SquidSettings.class;
  }

  @Override
  public SquidInstance start(SquidSettings settings, ModuleContext context) {
    return SquidInstance.start(settings, context);
  }

  @Override
  public List<Resource<SquidInstance>> resources() {
    return SquidResources.all();
  }

  @Override
  public List<String> leftOut() {
    return List.of("work");
  }
}
