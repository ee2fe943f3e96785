package community.cloudy.services.bind;

import community.cloudy.services.bind.settings.BindSettings;
import community.cloudy.services.spi.Descriptor;
import community.cloudy.services.spi.ModuleContext;
import community.cloudy.services.spi.Resource;
import community.cloudy.services.spi.RunMode;
import community.cloudy.services.spi.ServiceModule;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Serves names by BIND. */
public final class BindModule implements ServiceModule<BindSettings, Bind> {
  /** What the community's nodes call a DNS server. */
  static final String TYPE = "dnsservice";

  @Override
  public Descriptor descriptor() {
    return new Descriptor(
        "bind",
        Map.of("en", "DNS server", "ca", "Servidor DNS", "es", "Servidor DNS"),
        Map.of(
            "en", "Names for the community's nodes, services and zones, served by BIND.",
            "ca", "Noms per als nodes, serveis i zones de la comunitat, servits per BIND.",
            "es", "Nombres para los nodos, servicios y zonas de la comunidad, servidos por BIND."),
        Set.of(RunMode.PROCESS, RunMode.EXTERNAL),
        Set.of(TYPE));
  }

  @Override
  public Class<BindSettings> settings() {
    return BindSettings.class;
  }

  @Override
  public Bind start(BindSettings settings, ModuleContext context) {
    return Bind.start(settings, context);
  }

  @Override
  public List<Resource<Bind>> resources() {
    return BindResources.all();
  }
}
