package community.cloudy.services.graphs;

import community.cloudy.services.spi.Descriptor;
import community.cloudy.services.spi.ModuleContext;
import community.cloudy.services.spi.Resource;
import community.cloudy.services.spi.RunMode;
import community.cloudy.services.spi.ServiceModule;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Watches devices and links, keeps what it sees, and draws it. */
public final class GraphsModule implements ServiceModule<GraphsSettings, Graphs> {
  @Override
  public Descriptor descriptor() {
    return new Descriptor(
        "graphs",
        Map.of("en", "Graph server", "ca", "Servidor de gràfics", "es", "Servidor de gráficas"),
        Map.of(
            "en", "Traffic, latency and availability of devices and links.",
            "ca", "Trànsit, latència i disponibilitat de dispositius i enllaços.",
            "es", "Tráfico, latencia y disponibilidad de dispositivos y enlaces."),
        Set.of(RunMode.PROCESS),
        Set.of(Graphs.TYPE));
  }

  @Override
  public Class<GraphsSettings> settings() {
    return GraphsSettings.class;
  }

  @Override
  public Graphs start(GraphsSettings settings, ModuleContext context) {
    return new Graphs(settings, context);
  }

  @Override
  public List<Resource<Graphs>> resources() {
    return GraphResources.all();
  }

  @Override
  public List<String> leftOut() {
    return List.of("rrdb");
  }
}
