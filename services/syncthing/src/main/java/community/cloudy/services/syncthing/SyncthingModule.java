package community.cloudy.services.syncthing;

import community.cloudy.services.spi.Descriptor;
import community.cloudy.services.spi.ModuleContext;
import community.cloudy.services.spi.Resource;
import community.cloudy.services.spi.RunMode;
import community.cloudy.services.spi.ServiceModule;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Manages Syncthing. */
public final class SyncthingModule implements ServiceModule<SyncthingSettings, Syncthing> {
  @Override
  public Descriptor descriptor() {
    return new Descriptor(
        "syncthing",
        Map.of("en", "Syncthing", "ca", "Syncthing", "es", "Syncthing"),
        Map.of(
            "en", "Keeps folders the same on several nodes.",
            "ca", "Manté carpetes iguals a diversos nodes.",
            "es", "Mantiene carpetas iguales en varios nodos."),
        Set.of(RunMode.PROCESS, RunMode.EXTERNAL),
        Set.of(Pairing.TYPE));
  }

  @Override
  public Class<SyncthingSettings> settings() {
    return SyncthingSettings.class;
  }

  @Override
  public Syncthing start(SyncthingSettings settings, ModuleContext context) {
    return Syncthing.start(settings, context);
  }

  @Override
  public List<Resource<Syncthing>> resources() {
    return Resources.all();
  }

  @Override
  public List<String> leftOut() {
    return List.of("data", "home/index-v0.14.0.db", "home/index-v2");
  }
}
