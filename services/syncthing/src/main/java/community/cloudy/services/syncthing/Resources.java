package community.cloudy.services.syncthing;

import static community.cloudy.services.spi.Access.OPERATOR;
import static community.cloudy.services.spi.Access.VIEWER;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.services.spi.Resource;
import community.cloudy.services.spi.Resource.Answer;
import community.cloudy.services.spi.Resource.Call;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What Syncthing's module answers by REST. */
final class Resources {
  private static final String FOLDER = "/folders/{folder}";
  private static final String DEVICE = "/devices/{device}";

  private Resources() {}

  static List<Resource<Syncthing>> all() {
    List<Resource<Syncthing>> all = new ArrayList<>(folders());
    all.addAll(devices());
    all.addAll(pairing());
    return all;
  }

  private static Resource<Syncthing> post(
      String path, String action, String summary, Resource.Endpoint<Syncthing> endpoint) {
    return Resource.change("POST", OPERATOR, path, action, summary, endpoint);
  }

  private static List<Resource<Syncthing>> folders() {
    return List.of(
        Resource.get(
            VIEWER, "/folders", "Lists the shared folders.", (s, call) -> folders(s.look())),
        post("/folders", "folder.set", "Adds or changes a folder.", Resources::setFolder),
        Resource.change(
            "DELETE",
            OPERATOR,
            FOLDER,
            "folder.forget",
            "Shares a folder no more; its files stay.",
            (s, call) -> {
              s.sharing().forget(folder(call));
              return folders(s.look());
            }),
        post(
            FOLDER + "/pause",
            "folder.pause",
            "Pauses a folder.",
            (s, call) -> paused(s, call, true)),
        post(
            FOLDER + "/resume",
            "folder.resume",
            "Goes on with a folder.",
            (s, call) -> paused(s, call, false)),
        post(
            FOLDER + "/scan",
            "folder.scan",
            "Looks for changes now.",
            (s, call) -> {
              s.sharing().scan(folder(call));
              return folders(s.look());
            }),
        Resource.get(
            OPERATOR,
            FOLDER + "/errors",
            "Lists what of a folder cannot be synchronised.",
            (s, call) -> Answer.json(s.api().get("/rest/folder/errors?folder=" + folder(call)))),
        Resource.get(
            OPERATOR,
            FOLDER + "/conflicts",
            "Lists the copies that were kept of files changed in two places.",
            Resources::conflicts),
        Resource.get(
            OPERATOR,
            FOLDER + "/ignores",
            "Lists which files of a folder are left alone.",
            (s, call) -> Answer.json(s.api().get("/rest/db/ignores?folder=" + folder(call)))),
        Resource.change(
            "PUT",
            OPERATOR,
            FOLDER + "/ignores",
            "folder.ignore",
            "Sets which files of a folder are left alone, by Syncthing's patterns.",
            (s, call) -> {
              s.sharing().ignores(folder(call), texts(call.body().path("ignore")));
              return Answer.json(s.api().get("/rest/db/ignores?folder=" + folder(call)));
            }),
        post(
            FOLDER + "/share",
            "folder.share",
            "Shares a folder with a known device.",
            (s, call) -> {
              s.sharing().share(folder(call), Sharing.device(call.text("device")));
              return folders(s.look());
            }),
        post(
            FOLDER + "/unshare",
            "folder.unshare",
            "Shares a folder with a device no more.",
            (s, call) -> {
              s.sharing().unshare(folder(call), Sharing.device(call.text("device")));
              return folders(s.look());
            }));
  }

  private static List<Resource<Syncthing>> devices() {
    return List.of(
        Resource.get(
            VIEWER, "/devices", "Lists the known devices.", (s, call) -> devices(s.look())),
        post(
            "/devices",
            "device.set",
            "Adds or changes a device by its id.",
            (s, call) -> {
              DeviceId id = Sharing.device(call.text("device"));
              String address = call.body().path("address").asText("");
              if (!address.matches("(tcp://[A-Za-z0-9.:\\[\\]-]{1,100}:[0-9]{1,5})?")) {
                throw new ServiceException(
                    Code.INVALID, "The address must be like tcp://10.1.2.3:22000.");
              }
              List<String> addresses = address.isEmpty() ? List.of() : List.of(address);
              s.sharing().device(id, call.text("name"), addresses);
              s.sharing().connect(id);
              return devices(s.look());
            }),
        Resource.change(
            "DELETE",
            OPERATOR,
            DEVICE,
            "device.forget",
            "Forgets a device.",
            (s, call) -> {
              s.sharing().forget(Sharing.device(call.at("device")));
              return devices(s.look());
            }),
        post(
            DEVICE + "/pause",
            "device.pause",
            "Pauses a device.",
            (s, call) -> {
              s.sharing().pause(Sharing.device(call.at("device")), true);
              return devices(s.look());
            }),
        post(
            DEVICE + "/resume",
            "device.resume",
            "Goes on with a device.",
            (s, call) -> {
              s.sharing().pause(Sharing.device(call.at("device")), false);
              return devices(s.look());
            }));
  }

  private static List<Resource<Syncthing>> pairing() {
    return List.of(
        post(
            "/sync",
            "sync.ask",
            "Shares a folder with a node, whose device its signed announcement names.",
            Inbox::sync),
        Resource.get(
            VIEWER,
            "/pending",
            "Lists who wants to connect, and what is offered.",
            (s, call) -> Inbox.pending(s, s.look())),
        post(
            "/pending/accept",
            "sync.accept",
            "Lets a device in that wants to connect, or takes a folder that it offers.",
            Inbox::accept),
        post(
            "/pending/reject",
            "sync.reject",
            "Answers no to a device that wants to connect.",
            (s, call) -> {
              s.sharing().reject(Sharing.device(call.text("device")));
              return Inbox.pending(s, s.look());
            }));
  }

  private static String folder(Call call) {
    return Sharing.checkedFolder(call.at("folder"));
  }

  static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(one -> texts.add(one.asText()));
    return texts;
  }

  private static Answer setFolder(Syncthing syncthing, Call call) {
    syncthing.sharing().folder(wanted(call, call.text("folder")));
    return folders(syncthing.look());
  }

  static Sharing.Wanted wanted(Call call, String id) {
    JsonNode body = call.body();
    return new Sharing.Wanted(
        id,
        body.path("label").asText(id),
        Optional.of(body.path("path").asText("")).filter(path -> !path.isEmpty()),
        body.path("type").asText("sendreceive"),
        body.path("versions").asInt(0));
  }

  private static Answer paused(Syncthing syncthing, Call call, boolean paused) {
    syncthing.sharing().pause(folder(call), paused);
    return folders(syncthing.look());
  }

  private static Answer conflicts(Syncthing syncthing, Call call) {
    View.Folder folder =
        Optional.ofNullable(syncthing.look().folders().get(folder(call)))
            .orElseThrow(() -> new ServiceException(Code.NOT_FOUND, "There is no such folder."));
    ObjectNode json = Syncthing.json();
    Conflicts.in(folder.path()).forEach(json.putArray("conflicts")::add);
    return Answer.json(json);
  }

  private static Answer folders(View view) {
    ObjectNode json = Syncthing.json();
    ArrayNode list = json.putArray("folders");
    view.folders()
        .forEach(
            (id, folder) -> {
              ObjectNode one = list.addObject();
              one.put("id", id).put("label", folder.label()).put("path", folder.path());
              one.put("type", folder.type()).put("paused", folder.paused());
              one.put("state", folder.state()).put("error", folder.error());
              one.put("bytes", folder.bytes()).put("bytes_needed", folder.needBytes());
              one.put("errors", folder.errors());
              folder.devices().forEach(one.putArray("devices")::add);
            });
    return Answer.json(json);
  }

  private static Answer devices(View view) {
    ObjectNode json = Syncthing.json().put("own", view.id());
    ArrayNode list = json.putArray("devices");
    view.devices()
        .forEach(
            (id, device) -> {
              ObjectNode one = list.addObject();
              one.put("id", id).put("name", device.name()).put("paused", device.paused());
              one.put("connected", device.connected()).put("address", device.address());
              ObjectNode done = one.putObject("completion");
              device.done().forEach(done::put);
            });
    return Answer.json(json);
  }
}
