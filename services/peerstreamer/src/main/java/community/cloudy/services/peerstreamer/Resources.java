package community.cloudy.services.peerstreamer;

import static community.cloudy.services.spi.Access.OPERATOR;
import static community.cloudy.services.spi.Access.VIEWER;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.gossip.discovery.Service;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.gossip.discovery.ServiceSpec;
import community.cloudy.services.peerstreamer.Channel.Kind;
import community.cloudy.services.peerstreamer.Channel.Peer;
import community.cloudy.services.peerstreamer.NgTag.NgChannel;
import community.cloudy.services.spi.Resource;
import community.cloudy.services.spi.Resource.Answer;
import community.cloudy.services.spi.Resource.Call;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What live video answers by REST. */
final class Resources {
  private static final String CHANNEL = "/channels/{channel}";
  private static final int MAX_ID = 27;
  private static final int MAX_QUALITY = 64;

  private Resources() {}

  static List<Resource<Peerstreamer>> all() {
    return List.of(
        Resource.get(
            VIEWER,
            "/channels",
            "Lists the channels of this node and those that others announce.",
            (p, call) -> list(p)),
        Resource.get(
            VIEWER,
            CHANNEL,
            "Tells how a channel of this node is.",
            (p, call) -> Answer.json(json(p.channel(call.at("channel"))))),
        Resource.get(
            VIEWER,
            CHANNEL + "/hls/{file}",
            "Returns the playlist index.m3u8 of a channel, or a segment that it names.",
            (p, call) -> p.channel(call.at("channel")).run().hls().file(call.at("file"))),
        change("/publish", "channel.publish", "Sends a source to all.", Resources::publish),
        change(
            "/join",
            "channel.join",
            "Watches a channel of another node.",
            (p, call) -> join(p, call, Kind.VIEWER)),
        change(
            "/relay",
            "channel.relay",
            "Watches a channel of another node and announces it here, too.",
            (p, call) -> join(p, call, Kind.RELAY)),
        Resource.change(
            "DELETE",
            OPERATOR,
            CHANNEL,
            "channel.stop",
            "Ends a channel of this node.",
            (p, call) -> {
              p.stop(call.at("channel"));
              return list(p);
            }));
  }

  private static Resource<Peerstreamer> change(
      String path, String action, String summary, Resource.Endpoint<Peerstreamer> endpoint) {
    return Resource.change("POST", OPERATOR, path, action, summary, endpoint);
  }

  private static Answer publish(Peerstreamer peerstreamer, Call call) {
    String id = call.text("channel");
    String title = text(call, "title").orElse(id);
    return Answer.json(
        json(peerstreamer.publish(id, call.text("source"), title, number(call, "kbit"))));
  }

  private static Answer join(Peerstreamer peerstreamer, Call call, Kind kind) {
    Optional<String> address = text(call, "address");
    Optional<Service> service =
        address.isPresent()
            ? Optional.empty()
            : Optional.of(peerstreamer.listing().find(call.text("node"), text(call, "service")));
    Peer peer =
        service.map(Listing::peer).orElseGet(() -> peer(address.orElse(""), number(call, "port")));
    String title =
        text(call, "title")
            .or(() -> service.map(one -> one.offer().name()))
            .orElse(peer.address() + ":" + peer.port());
    String id = text(call, "channel").orElseGet(() -> id(service, title));
    return Answer.json(json(peerstreamer.join(id, kind, title, peer, number(call, "kbit"))));
  }

  private static Peer peer(String address, Optional<Integer> port) {
    try {
      return new Peer(address, port.orElse(0), "");
    } catch (IllegalArgumentException e) {
      throw new ServiceException(Code.INVALID, "The " + e.getMessage() + ".", e);
    }
  }

  /** A channel from the catalogue keeps the name that its node gave it. */
  private static String id(Optional<Service> service, String title) {
    String prefix = Listing.TYPE + "-";
    String own = service.map(Service::id).filter(id -> id.startsWith(prefix)).orElse(prefix);
    String name = own.length() > prefix.length() ? own.substring(prefix.length()) : title;
    String slug = ServiceSpec.idOf("", name);
    return slug.substring(0, Math.min(MAX_ID, slug.length()));
  }

  private static Optional<String> text(Call call, String field) {
    return call.body().has(field) ? Optional.of(call.text(field)) : Optional.empty();
  }

  private static Optional<Integer> number(Call call, String field) {
    JsonNode value = call.body().path(field);
    if (value.isMissingNode()) {
      return Optional.empty();
    } else if (!value.canConvertToInt() || !value.isIntegralNumber()) {
      throw new ServiceException(Code.INVALID, "The field " + field + " must be a whole number.");
    }
    return Optional.of(value.intValue());
  }

  private static Answer list(Peerstreamer peerstreamer) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    peerstreamer.missing().ifPresent(what -> json.put("missing", what));
    ArrayNode own = json.putArray("channels");
    peerstreamer.channels().forEach(held -> own.add(json(held)));
    ArrayNode others = json.putArray("catalogue");
    for (Service service : peerstreamer.listing().others()) {
      others.add(json(peerstreamer, service));
    }
    for (NgChannel channel : peerstreamer.listing().tagged()) {
      others
          .addObject()
          .put("node", channel.peer().node())
          .put("service", "")
          .put("title", channel.title())
          .put("description", "PeerStreamer-ng")
          .put("address", channel.peer().address())
          .put("port", channel.peer().port())
          .put("health", "unknown")
          .put("trust", "unsigned");
    }
    if (!peerstreamer.isOwn()) {
      ArrayNode daemon = json.putArray("daemon");
      peerstreamer.daemon().channels().forEach(one -> daemon.add(known(one)));
    }
    return Answer.json(json);
  }

  private static ObjectNode known(JsonNode channel) {
    String quality = channel.path("quality").asText();
    return JsonNodeFactory.instance
        .objectNode()
        .put("title", channel.path("name").asText())
        .put("address", channel.path("ipaddr").asText())
        .put("port", channel.path("port").asInt())
        .put("quality", quality.substring(0, Math.min(MAX_QUALITY, quality.length())));
  }

  private static ObjectNode json(Peerstreamer peerstreamer, Service service) {
    ServiceEndpoint endpoint = service.offer().endpoints().get(0);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("node", service.node()).put("service", service.id());
    json.put("title", service.offer().name()).put("description", service.offer().description());
    json.put("address", endpoint.host()).put("port", endpoint.port());
    json.put("health", service.offer().health().state().name().toLowerCase(Locale.ROOT));
    json.put("trust", service.trust().name().toLowerCase(Locale.ROOT));
    peerstreamer
        .context()
        .catalogue()
        .distance(service.node())
        .ifPresent(rtt -> json.put("rtt_ms", rtt.toNanos() / 1e6));
    return json;
  }

  private static ObjectNode json(Peerstreamer.Held held) {
    Channel channel = held.channel();
    Run.View view = held.run().view();
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("channel", channel.id());
    json.put("title", channel.title()).put("kind", word(channel.kind()));
    json.put("state", word(view.state())).put("evidence", view.evidence());
    json.put("kbit", view.kbit()).put("max_kbit", channel.kbit()).put("bytes", view.bytes());
    json.put("since", view.since().toString()).put("restarts", view.restarts());
    json.put("announced", channel.isAnnounced() && view.isAlive());
    channel.source().ifPresent(source -> json.put("source", source.shown()));
    channel
        .peer()
        .ifPresent(
            peer ->
                json.put("node", peer.node())
                    .put("address", peer.address())
                    .put("from_port", peer.port()));
    if (channel.ports().peers() > 0) {
      json.put("port", channel.ports().peers());
      json.put(
          "hls",
          "/v1/modules/peerstreamer/channels/%s/hls/%s".formatted(channel.id(), Ffmpeg.PLAYLIST));
    }
    return json;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
