package community.cloudy.services.syncthing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.services.spi.Resource.Answer;
import community.cloudy.services.spi.Resource.Call;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.util.List;
import java.util.Optional;

/** Asking nodes to synchronise, and answering those that ask. Nothing is accepted by itself. */
final class Inbox {
  private Inbox() {}

  /** Adds the device of a node and shares a folder with it. */
  static Answer sync(Syncthing syncthing, Call call) {
    Pairing.Peer peer = syncthing.pairing().peer(call.text("node"));
    String folder = Sharing.checkedFolder(call.text("folder"));
    Sharing sharing = syncthing.sharing();
    if (!syncthing.look().folders().containsKey(folder)) {
      sharing.folder(Resources.wanted(call, folder));
    }
    sharing.device(peer.device(), peer.node(), peer.addresses());
    sharing.share(folder, peer.device());
    sharing.connect(peer.device());
    ObjectNode json = Syncthing.json().put("node", peer.node()).put("device", peer.device().text());
    json.put("folder", folder);
    json.put("next", "Its owner accepts with: cloudy sync accept");
    syncthing.look();
    return Answer.json(json);
  }

  static Answer pending(Syncthing syncthing, View view) {
    ObjectNode json = Syncthing.json();
    ArrayNode devices = json.putArray("devices");
    view.pendingDevices()
        .forEach(
            (id, name) -> {
              ObjectNode device = devices.addObject().put("device", id).put("claims", name);
              owner(syncthing, id).ifPresent(peer -> device.put("node", peer.node()));
            });
    ArrayNode folders = json.putArray("folders");
    for (View.Offer offer : view.pendingFolders()) {
      ObjectNode folder = folders.addObject();
      folder.put("folder", offer.folder()).put("label", offer.label());
      folder.put("device", offer.device());
      owner(syncthing, offer.device()).ifPresent(peer -> folder.put("node", peer.node()));
    }
    return Answer.json(json);
  }

  private static Optional<Pairing.Peer> owner(Syncthing syncthing, String device) {
    return DeviceId.parse(device).flatMap(syncthing.pairing()::owner);
  }

  /** Takes what waits: a folder if one is named, else the device. */
  static Answer accept(Syncthing syncthing, Call call) {
    View view = syncthing.look();
    String folder = call.body().path("folder").asText("");
    if (folder.isEmpty()) {
      acceptDevice(syncthing, view, Sharing.device(call.text("device")));
    } else {
      acceptFolder(syncthing, view, Sharing.checkedFolder(folder), call);
    }
    return pending(syncthing, syncthing.look());
  }

  private static void acceptDevice(Syncthing syncthing, View view, DeviceId id) {
    String claims = view.pendingDevices().get(id.text());
    if (claims == null) {
      throw new ServiceException(Code.NOT_FOUND, "No device of that id wants to connect.");
    }
    Optional<Pairing.Peer> peer = syncthing.pairing().owner(id);
    String name = peer.map(Pairing.Peer::node).orElse(claims.replaceAll("\\p{Cntrl}", "?"));
    String cut = name.substring(0, Math.min(name.length(), 64));
    List<String> addresses = peer.map(Pairing.Peer::addresses).orElse(List.of());
    syncthing.sharing().device(id, cut, addresses);
    syncthing.sharing().connect(id);
  }

  private static void acceptFolder(Syncthing syncthing, View view, String id, Call call) {
    List<View.Offer> offers =
        view.pendingFolders().stream().filter(offer -> offer.folder().equals(id)).toList();
    String wanted = call.body().path("device").asText("");
    View.Offer offer =
        offers.stream()
            .filter(one -> wanted.isEmpty() || one.device().equals(wanted))
            .findFirst()
            .orElseThrow(
                () -> new ServiceException(Code.NOT_FOUND, "Nobody offers the folder " + id + "."));
    Sharing sharing = syncthing.sharing();
    if (!view.folders().containsKey(id)) {
      sharing.folder(Resources.wanted(call, id));
    }
    sharing.share(id, Sharing.device(offer.device()));
  }
}
