package community.cloudy.services.syncthing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Changes which folders and devices Syncthing knows. A folder lies below one of the places that the
 * node's owner has named, whatever link leads elsewhere.
 */
final class Sharing {
  private static final Pattern FOLDER = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern LABEL = Pattern.compile("[^\\p{Cntrl}]{0,64}");
  private static final int MAX_VERSIONS = 1000;
  private static final int MAX_IGNORES = 1000;

  private final SyncthingApi api;
  private final List<Path> places;

  /**
   * Makes changes by {@code api}.
   *
   * @param places where folders may lie; the first is for those that say no place
   */
  Sharing(SyncthingApi api, List<Path> places) {
    this.api = api;
    this.places = places;
  }

  /** What a folder is to be. */
  record Wanted(String id, String label, Optional<String> path, String type, int versions) {
    Wanted {
      check(FOLDER, "a folder's id", id);
      check(LABEL, "a label", label);
      if (!List.of("sendreceive", "sendonly", "receiveonly").contains(type)) {
        throw invalid("type must be sendreceive, sendonly or receiveonly");
      }
      if (versions < 0 || versions > MAX_VERSIONS) {
        throw invalid("versions must be from 0 to " + MAX_VERSIONS);
      }
    }
  }

  private static void check(Pattern pattern, String what, String text) {
    if (!pattern.matcher(text).matches()) {
      throw invalid(what + " must match " + pattern.pattern());
    }
  }

  private static ServiceException invalid(String message) {
    return new ServiceException(Code.INVALID, "Could not change what is shared: " + message + ".");
  }

  static String checkedFolder(String id) {
    check(FOLDER, "a folder's id", id);
    return id;
  }

  static DeviceId device(String text) {
    return DeviceId.parse(text)
        .orElseThrow(() -> invalid("a device's id is 8 groups of 7 letters and digits"));
  }

  /** Adds a folder, or changes its label, type and versions if it is there. */
  void folder(Wanted wanted) {
    Optional<ObjectNode> there = find("/rest/config/folders", "id", wanted.id());
    ObjectNode folder = there.orElseGet(() -> api.object("/rest/config/defaults/folder"));
    if (there.isEmpty()) {
      folder.put("path", place(wanted).toString());
    }
    folder.put("id", wanted.id()).put("label", wanted.label()).put("type", wanted.type());
    ObjectNode versioning = folder.withObjectProperty("versioning");
    versioning.put("type", wanted.versions() == 0 ? "" : "simple");
    versioning.withObjectProperty("params").put("keep", String.valueOf(wanted.versions()));
    api.put("/rest/config/folders/" + wanted.id(), folder);
  }

  private Path place(Wanted wanted) {
    Path first = places.get(0);
    try {
      Path path = first.resolve(wanted.path().orElse(wanted.id())).normalize();
      boolean inside = places.stream().anyMatch(p -> path.startsWith(p) && !path.equals(p));
      if (!inside) {
        throw invalid("the path must lie below one of " + places + " (services.syncthing.paths)");
      }
      Files.createDirectories(path);
      Path real = path.toRealPath();
      for (Path allowed : places) {
        if (Files.isDirectory(allowed) && real.startsWith(allowed.toRealPath())) {
          return path;
        }
      }
      throw invalid(path + " is a link that leads to " + real);
    } catch (IOException | InvalidPathException e) {
      throw new ServiceException(Code.FAILED, "Could not make the folder: " + e.getMessage(), e);
    }
  }

  private Optional<ObjectNode> find(String list, String key, String id) {
    for (JsonNode one : api.get(list)) {
      if (one.path(key).asText().equals(id)) {
        return Optional.of((ObjectNode) one);
      }
    }
    return Optional.empty();
  }

  private ObjectNode there(String id) {
    return find("/rest/config/folders", "id", id)
        .orElseThrow(
            () -> new ServiceException(Code.NOT_FOUND, "There is no folder " + id + " here."));
  }

  /** Shares a folder with a device. */
  void share(String id, DeviceId device) {
    ObjectNode folder = there(id);
    ArrayNode devices = folder.withArrayProperty("devices");
    for (JsonNode one : devices) {
      if (one.path("deviceID").asText().equals(device.text())) {
        return;
      }
    }
    devices.addObject().put("deviceID", device.text());
    api.put("/rest/config/folders/" + id, folder);
  }

  /** Shares a folder with a device no more. */
  void unshare(String id, DeviceId device) {
    ObjectNode folder = there(id);
    ArrayNode devices = folder.withArrayProperty("devices");
    for (int i = devices.size() - 1; i >= 0; i--) {
      if (devices.get(i).path("deviceID").asText().equals(device.text())) {
        devices.remove(i);
      }
    }
    api.put("/rest/config/folders/" + id, folder);
  }

  /** Forgets a folder; its files stay. */
  void forget(String id) {
    there(id);
    api.delete("/rest/config/folders/" + id);
  }

  /** Pauses a folder, or goes on with it. */
  void pause(String id, boolean paused) {
    ObjectNode folder = there(id);
    api.put("/rest/config/folders/" + id, folder.put("paused", paused));
  }

  /** Looks for changes now. */
  void scan(String id) {
    there(id);
    api.post("/rest/db/scan?folder=" + id);
  }

  /** Sets which files of a folder are left alone, by Syncthing's patterns. */
  void ignores(String id, List<String> patterns) {
    there(id);
    if (patterns.size() > MAX_IGNORES
        || patterns.stream().anyMatch(line -> !line.matches("[^\\p{Cntrl}]{0,256}"))) {
      throw invalid("ignore must be at most 1000 patterns on a line each");
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    patterns.forEach(body.putArray("ignore")::add);
    api.post("/rest/db/ignores?folder=" + id, body);
  }

  /**
   * Adds a device, or changes its name and addresses. It never introduces others, and nothing that
   * it offers is taken by itself.
   */
  void device(DeviceId id, String name, List<String> addresses) {
    check(LABEL, "a name", name);
    ObjectNode device =
        find("/rest/config/devices", "deviceID", id.text())
            .orElseGet(() -> api.object("/rest/config/defaults/device"));
    device.put("deviceID", id.text()).put("name", name);
    device.put("introducer", false).put("autoAcceptFolders", false);
    ArrayNode list = device.putArray("addresses");
    addresses.forEach(list::add);
    list.add("dynamic");
    api.put("/rest/config/devices/" + id, device);
  }

  /** Forgets a device, which is then shared nothing with. */
  void forget(DeviceId id) {
    api.delete("/rest/config/devices/" + id);
  }

  /** Pauses a device, or goes on with it. */
  void pause(DeviceId id, boolean paused) {
    api.post("/rest/system/%s?device=%s".formatted(paused ? "pause" : "resume", id));
  }

  /** Has Syncthing connect now: after a refusal it would wait for its next round. */
  void connect(DeviceId id) {
    pause(id, true);
    pause(id, false);
  }

  /** Answers no to a device that wants to connect. */
  void reject(DeviceId id) {
    api.delete("/rest/cluster/pending/devices?device=" + id);
  }
}
