package community.cloudy.services.example;

import community.cloudy.services.spi.Access;
import community.cloudy.services.spi.Descriptor;
import community.cloudy.services.spi.ModuleContext;
import community.cloudy.services.spi.Resource;
import community.cloudy.services.spi.RunMode;
import community.cloudy.services.spi.ServiceModule;
import community.cloudy.services.spi.settings.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Shares a folder by HTTP. */
public final class ShareModule implements ServiceModule<ShareModule.Settings, Share> {
  /** What a person can set. */
  public record Settings(
      @Setting(
              value = "Folder that is shared",
              ca = "Carpeta compartida",
              es = "Carpeta compartida")
          Path folder,
      @Setting(
              value = "Port it listens on",
              ca = "Port on escolta",
              es = "Puerto en el que escucha",
              fallback = "8088",
              min = 1,
              max = 65535)
          int port) {}

  @Override
  public Descriptor descriptor() {
    return new Descriptor(
        "share",
        Map.of("en", "Shared folder", "ca", "Carpeta compartida", "es", "Carpeta compartida"),
        Map.of("en", "Shares a folder of this node by HTTP."),
        Set.of(RunMode.PROCESS),
        Set.of("website"));
  }

  @Override
  public Class<Settings> settings() {
    return Settings.class;
  }

  @Override
  public Share start(Settings settings, ModuleContext context) {
    return Share.start(settings, context);
  }

  @Override
  public List<Resource<Share>> resources() {
    return List.of(
        Resource.get(
            Access.VIEWER, "/files", "Lists what is shared.", (share, call) -> share.files()));
  }
}
