package community.cloudy.services.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import community.cloudy.gossip.discovery.store.SafeFile;
import community.cloudy.services.bind.guifi.Documents;
import community.cloudy.services.bind.named.ConfigFiles;
import community.cloudy.services.bind.named.ConfigFiles.Numbered;
import community.cloudy.services.bind.named.Keys;
import community.cloudy.services.bind.named.Layout;
import community.cloudy.services.bind.named.Programs;
import community.cloudy.services.bind.settings.BindSettings;
import community.cloudy.services.bind.zone.Plan;
import community.cloudy.services.bind.zone.Serial;
import community.cloudy.services.bind.zone.Serials;
import community.cloudy.services.bind.zone.Zone;
import community.cloudy.services.bind.zone.ZoneFile;
import community.cloudy.services.spi.ModuleContext;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import community.cloudy.services.spi.render.ManagedFolder;
import community.cloudy.services.spi.render.Rights;
import community.cloudy.services.spi.render.Steps;
import community.cloudy.services.spi.settings.Settings;
import community.cloudy.services.spi.settings.SettingsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;

/**
 * What named runs with: the settings, the documents of others, and the files made of them. A change
 * counts as a whole once named has been seen to work with it, or not at all. Used by one thread at
 * a time.
 */
final class Configuration {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SETTINGS = "settings.json";
  private static final int MAX_SETTINGS = 64 << 20;

  private final ModuleContext context;
  private final Layout layout;
  private final Rights rights;
  private final ManagedFolder files;
  private final Serials serials;
  private InUse inUse;

  /**
   * What counts now.
   *
   * @param documents those that were taken over
   */
  record InUse(BindSettings settings, Documents documents, Plan plan, Keys keys) {}

  /** What a change goes through where named runs. */
  interface Live {
    /** Makes named read its files. */
    void reload();

    /** Sees that it answers for these zones, with these settings. */
    void verify(InUse next, List<Numbered> zones);
  }

  /**
   * Opens what is kept in the module's folder.
   *
   * @throws ServiceException if it cannot be read
   */
  Configuration(BindSettings settings, ModuleContext context, Rights rights) {
    this.context = context;
    this.rights = rights;
    layout = new Layout(context.folder());
    try {
      prepare();
      serials = new Serials(context.folder().resolve("serials.json"), context.clock());
      inUse = planned(before().orElse(settings), Documents.kept(layout.documents()));
    } catch (IOException e) {
      throw failed(e);
    }
    files = context.files(rights.user());
  }

  private void prepare() throws IOException {
    SafeFile.createFolder(context.folder());
    rights.passable(context.folder());
    for (String folder : List.of("", "dynamic", "secondary", "followed")) {
      Path path = layout.state().resolve(folder);
      SafeFile.createFolder(path);
      rights.owned(path);
    }
  }

  /** Returns the settings that counted last, when another agent ran. */
  private Optional<BindSettings> before() throws IOException {
    Path file = context.folder().resolve(SETTINGS);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(SafeFile.read(file, MAX_SETTINGS));
      return Optional.of(Settings.bind(BindSettings.class, json));
    } catch (SettingsException e) {
      // Another version of Cloudy wrote them.
      return Optional.empty();
    }
  }

  private InUse planned(BindSettings settings, Documents documents) {
    try {
      List<Zone> imported = documents.zones(settings.guifi(), context.address());
      Plan plan = Plan.of(settings, imported, context.address());
      Keys keys = Keys.open(layout.keys(), settings.transferKeyFile(), rights, context.random());
      return new InUse(settings, documents, plan, keys);
    } catch (IllegalArgumentException e) {
      throw new ServiceException(
          Code.INVALID, "Could not make the zones: " + e.getMessage() + ". Correct it.", e);
    }
  }

  /** Returns what counts now. */
  InUse inUse() {
    return inUse;
  }

  Layout layout() {
    return layout;
  }

  /** Returns the file that named reads. */
  Path main() {
    return files.current().resolve(ConfigFiles.MAIN);
  }

  /** Tells whether there are files that named has worked with, or may. */
  boolean hasFiles() {
    return Files.exists(main());
  }

  /**
   * Goes over to other settings and documents.
   *
   * @param live empty if named does not run yet
   * @return whether anything had changed
   * @throws ServiceException if they cannot be used; what counted before still does
   */
  boolean apply(BindSettings settings, Documents documents, Optional<Live> live) {
    InUse next = planned(settings, documents);
    try {
      List<Numbered> zones =
          next.plan().primaries().stream()
              .map(zone -> new Numbered(zone, serials.of(zone)))
              .toList();
      serials.keep();
      begin(next.plan());
      ConfigFiles rendered =
          new ConfigFiles(
              settings,
              next.plan(),
              zones,
              layout,
              next.keys(),
              context.address(),
              new Programs(settings.program()).locks());
      boolean changed = files.apply(rendered, steps(next, zones, live));
      keep(next);
      return changed;
    } catch (IOException e) {
      throw failed(e);
    } catch (IllegalArgumentException e) {
      throw new ServiceException(
          Code.INVALID, "Could not write the files: " + e.getMessage() + ". Correct it.", e);
    }
  }

  private void keep(InUse next) throws IOException {
    inUse = next;
    next.documents().keep(layout.documents());
    byte[] settings = JSON.writeValueAsBytes(Settings.json(next.settings()));
    SafeFile.write(context.folder().resolve(SETTINGS), settings, "rw-------");
  }

  /** A zone that named changes is only begun here: its file is never written again. */
  private void begin(Plan plan) throws IOException {
    Optional<Zone.Dynamic> dynamic = plan.dynamic();
    if (dynamic.isEmpty() || Files.exists(layout.dynamic(dynamic.get().name()))) {
      return;
    }
    Path file = layout.dynamic(dynamic.get().name());
    String text = ZoneFile.of(dynamic.get().beginning(), Serial.at(context.clock().instant()));
    SafeFile.write(file, text.getBytes(StandardCharsets.UTF_8), "rw-r-----");
    rights.owned(file);
  }

  private Steps steps(InUse next, List<Numbered> zones, Optional<Live> live) {
    Programs programs = new Programs(next.settings().program());
    return new Steps() {
      @Override
      public void check(Path folder) {
        programs.check(folder.resolve(ConfigFiles.MAIN));
      }

      @Override
      public void reload(Path folder) {
        touch(folder);
        live.ifPresent(Live::reload);
      }

      @Override
      public void verify() {
        live.ifPresent(running -> running.verify(next, zones));
      }
    };
  }

  /** named reads no file that is older than what it has: a version put back must look new. */
  private void touch(Path folder) {
    try (var entries = Files.walk(folder.toRealPath())) {
      FileTime now = FileTime.from(context.clock().instant());
      for (Path file : entries.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(file, now);
      }
    } catch (IOException e) {
      throw new ServiceException(
          Code.FAILED, "Could not use the files in %s: %s.".formatted(folder, e.getMessage()), e);
    }
  }

  private ServiceException failed(IOException e) {
    return new ServiceException(
        Code.FAILED,
        "Could not use the folder %s: %s. Make room, or it readable and writable."
            .formatted(context.folder(), String.valueOf(e.getMessage())),
        e);
  }
}
