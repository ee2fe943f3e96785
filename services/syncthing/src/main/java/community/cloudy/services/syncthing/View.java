package community.cloudy.services.syncthing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What Syncthing is doing, as it said last.
 *
 * @param id of the own device
 * @param version of Syncthing
 * @param folders by id
 * @param devices by id, without the own
 * @param pendingDevices names of devices that want to connect and are not known, by id
 * @param pendingFolders what known devices offer and is not shared
 */
record View(
    String id,
    String version,
    SortedMap<String, Folder> folders,
    SortedMap<String, Device> devices,
    SortedMap<String, String> pendingDevices,
    List<Offer> pendingFolders) {
  /** Nothing known yet. */
  static final View NONE =
      new View("", "", new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), List.of());

  /**
   * A shared folder.
   *
   * @param state Syncthing's word: idle, scanning, syncing, error, …
   * @param needBytes what is still to come
   * @param errors how many files cannot be synchronised
   */
  record Folder(
      String label,
      String path,
      String type,
      boolean paused,
      List<String> devices,
      String state,
      String error,
      long bytes,
      long needBytes,
      long errors) {}

  /** A device of somebody else. */
  record Device(
      String name, boolean paused, boolean connected, String address, Map<String, Double> done) {}

  /** A folder that a device offers. */
  record Offer(String folder, String label, String device) {}

  /** Asks for everything. */
  static View of(SyncthingApi api) {
    JsonNode status = api.get("/rest/system/status");
    String id = status.path("myID").asText();
    SortedMap<String, Folder> folders = new TreeMap<>();
    for (JsonNode folder : api.get("/rest/config/folders")) {
      folders.put(folder.path("id").asText(), folder(api, folder));
    }
    SortedMap<String, Device> devices = new TreeMap<>();
    JsonNode connections = api.get("/rest/system/connections").path("connections");
    for (JsonNode device : api.get("/rest/config/devices")) {
      String other = device.path("deviceID").asText();
      if (!other.equals(id)) {
        devices.put(other, device(api, device, connections.path(other), folders));
      }
    }
    SortedMap<String, String> pending = new TreeMap<>();
    api.get("/rest/cluster/pending/devices")
        .properties()
        .forEach(entry -> pending.put(entry.getKey(), entry.getValue().path("name").asText()));
    String version = api.get("/rest/system/version").path("version").asText();
    return new View(id, version, folders, devices, pending, offers(api));
  }

  private static Folder folder(SyncthingApi api, JsonNode folder) {
    boolean paused = folder.path("paused").asBoolean();
    String id = folder.path("id").asText();
    JsonNode status =
        paused ? folder.path("none") : api.get("/rest/db/status?folder=" + SyncthingApi.part(id));
    List<String> devices = new ArrayList<>();
    folder.path("devices").forEach(device -> devices.add(device.path("deviceID").asText()));
    return new Folder(
        folder.path("label").asText(),
        folder.path("path").asText(),
        folder.path("type").asText(),
        paused,
        devices,
        paused ? "paused" : status.path("state").asText(),
        status.path("error").asText(),
        status.path("globalBytes").asLong(),
        status.path("needBytes").asLong(),
        status.path("pullErrors").asLong());
  }

  private static Device device(
      SyncthingApi api, JsonNode device, JsonNode connection, SortedMap<String, Folder> folders) {
    String id = device.path("deviceID").asText();
    boolean connected = connection.path("connected").asBoolean();
    Map<String, Double> done = new TreeMap<>();
    folders.forEach(
        (name, folder) -> {
          if (connected && !folder.paused() && folder.devices().contains(id)) {
            JsonNode completion =
                api.get(
                    "/rest/db/completion?device=%s&folder=%s"
                        .formatted(id, SyncthingApi.part(name)));
            done.put(name, completion.path("completion").asDouble());
          }
        });
    return new Device(
        device.path("name").asText(),
        device.path("paused").asBoolean(),
        connected,
        connection.path("address").asText(),
        done);
  }

  private static List<Offer> offers(SyncthingApi api) {
    List<Offer> offers = new ArrayList<>();
    api.get("/rest/cluster/pending/folders")
        .properties()
        .forEach(
            folder ->
                folder
                    .getValue()
                    .path("offeredBy")
                    .properties()
                    .forEach(
                        device ->
                            offers.add(
                                new Offer(
                                    folder.getKey(),
                                    device.getValue().path("label").asText(),
                                    device.getKey()))));
    return offers;
  }
}
