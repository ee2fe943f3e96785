package community.cloudy.services.bind.named;

import community.cloudy.services.bind.settings.BindSettings;
import community.cloudy.services.bind.zone.Plan;
import community.cloudy.services.bind.zone.Serial;
import community.cloudy.services.bind.zone.Zone;
import community.cloudy.services.bind.zone.ZoneFile;
import community.cloudy.services.spi.render.Renderer;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of a version: named.conf and those of the zones that named does not change.
 *
 * @param zones all primary zones of the plan
 * @param locks whether named locks a file unless told not to
 */
public record ConfigFiles(
    BindSettings settings,
    Plan plan,
    List<Numbered> zones,
    Layout layout,
    Keys keys,
    InetAddress self,
    boolean locks)
    implements Renderer {
  /** The file that names all others. */
  public static final String MAIN = "named.conf";

  /** A zone and its serial. */
  public record Numbered(Zone.Primary zone, Serial serial) {}

  @Override
  public Map<String, String> render(Path folder) {
    Map<String, String> files = new HashMap<>();
    ZoneBlocks blocks = new ZoneBlocks(settings, plan, layout, keys, folder);
    files.put(MAIN, new NamedConf(settings, plan, layout, keys, self, locks).text(blocks));
    for (Numbered numbered : this.zones) {
      Zone.Primary zone = numbered.zone();
      files.put(ZoneBlocks.file(zone), ZoneFile.of(zone, numbered.serial()));
    }
    return files;
  }
}
