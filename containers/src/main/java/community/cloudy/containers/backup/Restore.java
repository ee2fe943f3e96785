package community.cloudy.containers.backup;

import community.cloudy.containers.Progress;
import community.cloudy.containers.engine.ComposeLabels;
import community.cloudy.containers.engine.Engine;
import community.cloudy.containers.engine.EngineException;
import community.cloudy.containers.engine.Volume;
import community.cloudy.containers.policy.PolicyException;
import community.cloudy.containers.policy.Refusal;
import community.cloudy.containers.stacks.StackFiles;
import community.cloudy.containers.stacks.Stacks;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One restoring of an archive that was found sound: data into new volumes, then the stack. */
final class Restore {
  private final Engine engine;
  private final Stacks stacks;
  private final Archive archive;
  private final String stack;

  Restore(Engine engine, Stacks stacks, Archive archive, String stack) {
    this.engine = engine;
    this.stacks = stacks;
    this.archive = archive;
    this.stack = stack;
  }

  /**
   * Does it.
   *
   * @param save saves the stack that is replaced
   */
  void run(boolean replace, String by, Runnable save, Progress progress) {
    try {
      StackFiles files = Backups.files(archive);
      List<Refusal> refusals = stacks.validate(stack, files);
      if (!refusals.isEmpty()) {
        throw new PolicyException(refusals);
      }
      makeRoom(replace, save, progress);
      List<String> volumes = volumes();
      refuseOthers(volumes);
      fill(volumes, progress);
      stacks.create(stack, files, by, progress);
    } catch (IOException e) {
      throw new BackupException(
          BackupException.Code.FAILED,
          "Could not restore " + stack + ": " + e.getMessage() + ". See to the disk.",
          e);
    }
  }

  private void makeRoom(boolean replace, Runnable save, Progress progress) {
    boolean exists = stacks.list().stream().anyMatch(it -> it.name().equals(stack));
    if (exists && !replace) {
      throw new BackupException(
          BackupException.Code.CONFLICT,
          "Could not restore %s: there is a stack of that name. Replace it, or choose another name."
              .formatted(stack));
    }
    if (exists) {
      save.run();
      stacks.remove(stack, false, progress);
      for (Volume left : engine.volumes().list()) {
        if (stack.equals(left.labels().get(ComposeLabels.PROJECT))) {
          engine.volumes().remove(left.name());
        }
      }
    }
  }

  private List<String> volumes() {
    return archive.manifest().data().stream()
        .map(data -> data.name().isEmpty() ? stack + "_" + data.volume() : data.name())
        .toList();
  }

  private void refuseOthers(List<String> volumes) {
    List<String> there = engine.volumes().list().stream().map(Volume::name).toList();
    for (String volume : volumes) {
      if (there.contains(volume)) {
        throw new BackupException(
            BackupException.Code.CONFLICT,
            "Could not restore %s: there is a volume %s with other data. Remove it first."
                .formatted(stack, volume));
      }
    }
  }

  /** Makes the volumes and fills them; what was begun goes if it cannot be ended. */
  private void fill(List<String> volumes, Progress progress) throws IOException {
    List<String> made = new ArrayList<>();
    try {
      List<Manifest.Data> data = archive.manifest().data();
      for (int i = 0; i < volumes.size(); i++) {
        engine.volumes().create(volumes.get(i), labels(data.get(i)));
        made.add(volumes.get(i));
      }
      if (!made.isEmpty()) {
        copy(volumes, progress);
      }
    } catch (IOException | RuntimeException e) {
      made.forEach(this::forget);
      throw e;
    }
  }

  private Map<String, String> labels(Manifest.Data data) {
    return Map.of(ComposeLabels.PROJECT, stack, ComposeLabels.VOLUME, data.volume());
  }

  private void copy(List<String> volumes, Progress progress) throws IOException {
    List<Manifest.Data> data = archive.manifest().data();
    long done = 0;
    try (Carrier carrier = Carrier.of(engine, volumes, archive.manifest().images())) {
      for (Manifest.Data volume : data) {
        progress.report("restore " + volume.volume(), done, archive.manifest().size());
        try (InputStream tar = archive.read(volume.part())) {
          carrier.copyIn(tar);
        }
        done += volume.part().size();
      }
    }
  }

  private void forget(String volume) {
    try {
      engine.volumes().remove(volume);
    } catch (EngineException e) {
      // It is empty or half full, and its name says whose it was.
      return;
    }
  }
}
