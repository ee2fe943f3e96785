package community.cloudy.services.peerstreamer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.gossip.discovery.store.SafeFile;
import community.cloudy.services.peerstreamer.Channel.Kind;
import community.cloudy.services.peerstreamer.Channel.Peer;
import community.cloudy.services.peerstreamer.Channel.Ports;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The channels that are wanted, over restarts. Only the agent may read it: sources may hold logins.
 *
 * @param path of the file
 */
record ChannelFile(Path path) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST = 256 * 1024;

  List<Channel> read() {
    if (!Files.exists(path)) {
      return List.of();
    }
    try {
      List<Channel> channels = new ArrayList<>();
      for (JsonNode one : JSON.readTree(SafeFile.read(path, MOST)).path("channels")) {
        channels.add(channel(one));
      }
      return channels;
    } catch (IOException | IllegalArgumentException e) {
      throw new ServiceException(
          Code.FAILED,
          "Could not read the channels in %s: %s. Mend the file or delete it."
              .formatted(path, e.getClass().getSimpleName()),
          e);
    }
  }

  void write(Collection<Channel> channels) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    var list = json.putArray("channels");
    channels.forEach(channel -> list.add(json(channel)));
    try {
      SafeFile.write(path, JSON.writeValueAsBytes(json), "rw-------");
    } catch (IOException e) {
      throw new ServiceException(
          Code.FAILED, "Could not write %s: %s. Make room.".formatted(path, e.getMessage()), e);
    }
  }

  private static Channel channel(JsonNode json) {
    JsonNode peer = json.path("peer");
    JsonNode ports = json.path("ports");
    return new Channel(
        json.path("id").asText(),
        Kind.valueOf(json.path("kind").asText().toUpperCase(Locale.ROOT)),
        json.path("title").asText(),
        Optional.ofNullable(json.path("source").textValue()).map(Source::new),
        peer.isMissingNode()
            ? Optional.empty()
            : Optional.of(
                new Peer(
                    peer.path("address").asText(),
                    peer.path("port").asInt(),
                    peer.path("node").asText())),
        json.path("kbit").asInt(),
        new Ports(
            ports.path("peers").asInt(),
            ports.path("input").asInt(),
            ports.path("meter").asInt(),
            ports.path("hls").asInt()));
  }

  private static ObjectNode json(Channel channel) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("id", channel.id());
    json.put("kind", channel.kind().name().toLowerCase(Locale.ROOT));
    json.put("title", channel.title()).put("kbit", channel.kbit());
    channel.source().ifPresent(source -> json.put("source", source.text()));
    channel
        .peer()
        .ifPresent(
            peer ->
                json.putObject("peer")
                    .put("address", peer.address())
                    .put("port", peer.port())
                    .put("node", peer.node()));
    json.putObject("ports")
        .put("peers", channel.ports().peers())
        .put("input", channel.ports().input())
        .put("meter", channel.ports().meter())
        .put("hls", channel.ports().hls());
    return json;
  }
}
