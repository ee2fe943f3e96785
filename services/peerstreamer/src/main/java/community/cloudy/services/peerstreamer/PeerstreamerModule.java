package community.cloudy.services.peerstreamer;

import community.cloudy.services.spi.Descriptor;
import community.cloudy.services.spi.ModuleContext;
import community.cloudy.services.spi.Resource;
import community.cloudy.services.spi.RunMode;
import community.cloudy.services.spi.ServiceModule;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Carries live video from one member to all, by PeerStreamer. */
public final class PeerstreamerModule implements ServiceModule<PeerstreamerSettings, Peerstreamer> {
  @Override
  public Descriptor descriptor() {
    return new Descriptor(
        "peerstreamer",
        Map.of("en", "Live video", "ca", "Vídeo en directe", "es", "Vídeo en directo"),
        Map.of(
            "en", "Carries live video from one member to all, by PeerStreamer.",
            "ca", "Porta vídeo en directe d'un membre a tots, amb PeerStreamer.",
            "es", "Lleva vídeo en directo de un miembro a todos, con PeerStreamer."),
        Set.of(RunMode.PROCESS, RunMode.EXTERNAL),
        Set.of(Listing.TYPE));
  }

  @Override
  public Class<PeerstreamerSettings> settings() {
    return PeerstreamerSettings.class;
  }

  @Override
  public Peerstreamer start(PeerstreamerSettings settings, ModuleContext context) {
    return new Peerstreamer(settings, context);
  }

  @Override
  public List<Resource<Peerstreamer>> resources() {
    return Resources.all();
  }

  @Override
  public List<String> leftOut() {
    return List.of("media", "channels");
  }
}
