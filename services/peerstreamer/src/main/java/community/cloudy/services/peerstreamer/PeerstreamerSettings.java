package community.cloudy.services.peerstreamer;

import community.cloudy.services.spi.settings.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a person can set of live video. */
public record PeerstreamerSettings(
    @Setting(
            value = "The streamer",
            ca = "El programa que retransmet",
            es = "El programa que retransmite",
            fallback = "/opt/peerstreamer/streamer-udp-grapes-static")
        Path program,
    @Setting(
            value =
                "Command line of the streamer: classic (streamer-udp-grapes), engine (pstreamer),"
                    + " or auto to find out",
            ca = "Línia d'ordres del programa: classic, engine o auto",
            es = "Línea de órdenes del programa: classic, engine o auto",
            fallback = "auto")
        Dialect dialect,
    @Setting(
            value = "Network interface of the streamer; that of the node's address if not written",
            ca = "Interfície de xarxa del programa",
            es = "Interfaz de red del programa",
            pattern = "[A-Za-z0-9][A-Za-z0-9_.-]{0,14}")
        Optional<String> networkInterface,
    @Setting(
            value = "UDP ports on which others reach the channels, one a channel",
            ca = "Ports UDP on els altres troben els canals",
            es = "Puertos UDP donde los demás encuentran los canales",
            fallback = "6200-6299")
        PortRange p2pPorts,
    @Setting(
            value = "UDP ports used within the node, three a channel; close them to others",
            ca = "Ports UDP interns del node; tanqueu-los als altres",
            es = "Puertos UDP internos del nodo; ciérrelos a los demás",
            fallback = "17200-17999")
        PortRange localPorts,
    @Setting(
            value = "Most channels at once",
            ca = "Màxim de canals alhora",
            es = "Máximo de canales a la vez",
            fallback = "8",
            min = 1,
            max = 64)
        int maxChannels,
    @Setting(
            value = "Most kbit/s that a channel may carry",
            ca = "Màxim de kbit/s d'un canal",
            es = "Máximo de kbit/s de un canal",
            fallback = "5000",
            min = 100,
            max = 100_000)
        int maxChannelKbit,
    @Setting(
            value = "Most kbit/s that all channels together may carry",
            ca = "Màxim de kbit/s de tots els canals",
            es = "Máximo de kbit/s de todos los canales",
            fallback = "20000",
            min = 100,
            max = 1_000_000)
        int maxKbit,
    @Setting(
            value = "Ends a channel that has carried nothing for as long, and tries again later",
            ca = "Atura un canal que no porta res durant aquest temps",
            es = "Detiene un canal que no lleva nada durante este tiempo",
            fallback = "30s")
        Duration idleTimeout,
    @Setting(
            value = "Folder below which files may be published, beside the node's own",
            ca = "Carpetes amb fitxers que es poden publicar",
            es = "Carpetas con ficheros que se pueden publicar")
        List<Path> paths,
    @Setting(
            value = "Camera or capture card that may be published, such as /dev/video0",
            ca = "Càmeres que es poden publicar",
            es = "Cámaras que se pueden publicar")
        List<Path> devices,
    @Setting(
            value = "ffmpeg, which reads sources and makes HLS",
            ca = "ffmpeg, que llegeix les fonts i fa HLS",
            es = "ffmpeg, que lee las fuentes y hace HLS",
            fallback = "/usr/bin/ffmpeg")
        Path ffmpeg,
    @Setting(
            value = "VLC, which reads sources where there is no ffmpeg",
            ca = "VLC, que llegeix les fonts si no hi ha ffmpeg",
            es = "VLC, que lee las fuentes si no hay ffmpeg",
            fallback = "/usr/bin/vlc")
        Path vlc,
    @Setting(
            value = "Makes HLS of each channel, for browsers",
            ca = "Fa HLS de cada canal, per als navegadors",
            es = "Hace HLS de cada canal, para los navegadores",
            fallback = "true")
        boolean hls,
    @Setting(
            value = "User that the programs run as; the agent's if nothing is written",
            ca = "Usuari amb què s'executen els programes",
            es = "Usuario con el que se ejecutan los programas",
            pattern = "[a-z_][a-z0-9_-]{0,31}")
        Optional<String> user,
    @Setting(
            value = "Where a peerstreamer-ng answers that runs by itself, with run: external",
            ca = "On respon un peerstreamer-ng extern",
            es = "Dónde responde un peerstreamer-ng externo",
            fallback = "http://127.0.0.1:3000",
            pattern = "http://(127\\.0\\.0\\.1|localhost):[0-9]{1,5}")
        String address) {
  private static final Duration SHORTEST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** Checks what depends on each other. */
  public PeerstreamerSettings {
    paths = List.copyOf(paths);
    devices = List.copyOf(devices);
    if (p2pPorts.overlaps(localPorts)) {
      throw new IllegalArgumentException("must have p2p_ports and local_ports that do not overlap");
    }
    if (idleTimeout.compareTo(SHORTEST) < 0 || idleTimeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("must have an idle_timeout from 2s to 1h");
    }
    if (maxChannelKbit > maxKbit) {
      throw new IllegalArgumentException("must have a max_channel_kbit of at most max_kbit");
    }
  }

  /** Tells whether what runs by these settings would run by {@code other} the same. */
  boolean runsAs(PeerstreamerSettings other) {
    return program.equals(other.program)
        && dialect == other.dialect
        && networkInterface.equals(other.networkInterface)
        && ffmpeg.equals(other.ffmpeg)
        && vlc.equals(other.vlc)
        && hls == other.hls
        && user.equals(other.user)
        && address.equals(other.address);
  }
}
