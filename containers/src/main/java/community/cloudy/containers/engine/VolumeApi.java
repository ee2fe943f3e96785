package community.cloudy.containers.engine;

import java.util.List;
import java.util.Map;

/**
 * What can be done with volumes. May be called from any thread, and blocks; all methods throw
 * {@link EngineException}. Their sizes are in {@link Engine#diskUsage}.
 */
public final class VolumeApi {
  private final Connection connection;

  VolumeApi(Connection connection) {
    this.connection = connection;
  }

  /** Returns all volumes. */
  public List<Volume> list() {
    return connection.ask(
        "list the volumes",
        client ->
            Raw.of(client.listVolumesCmd().exec()).objects("Volumes").stream()
                .map(VolumeApi::read)
                .toList());
  }

  /** Returns one. */
  public Volume inspect(String name) {
    Names.volume(name);
    return connection.ask(
        "inspect the volume " + name, client -> read(Raw.of(client.inspectVolumeCmd(name).exec())));
  }

  private static Volume read(Raw raw) {
    return new Volume(
        raw.text("Name"),
        raw.text("Driver"),
        raw.text("Mountpoint"),
        raw.textMap("Labels"),
        raw.textMap("Options"));
  }

  /** Makes one in the engine's own folder; does nothing if it is there. */
  public Volume create(String name, Map<String, String> labels) {
    Names.volume(name);
    connection.change(
        "create the volume " + name,
        client -> client.createVolumeCmd().withName(name).withLabels(labels).exec());
    return inspect(name);
  }

  /** Removes one that no container uses, with all that is in it. */
  public void remove(String name) {
    Names.volume(name);
    connection.change("remove the volume " + name, client -> client.removeVolumeCmd(name).exec());
  }
}
