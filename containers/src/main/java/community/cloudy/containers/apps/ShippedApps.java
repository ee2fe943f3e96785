package community.cloudy.containers.apps;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The apps that come with Cloudy: as trusted as the program itself, so they need no signature. */
public final class ShippedApps {
  private ShippedApps() {}

  /** Read by the first who asks. */
  private static final class Loaded {
    private static final Map<AppId, AppFolder> APPS = Collections.unmodifiableMap(load());
  }

  /** Returns all of them, by id. */
  public static Map<AppId, AppFolder> all() {
    return Loaded.APPS;
  }

  /** {@code shipped/files} names each of their files, one a line. */
  private static Map<AppId, AppFolder> load() {
    Map<String, Map<String, byte[]>> folders = new TreeMap<>();
    String files = new String(resource("files"), StandardCharsets.UTF_8);
    for (String path : files.lines().toList()) {
      int slash = path.indexOf('/');
      folders
          .computeIfAbsent(path.substring(0, slash), id -> new TreeMap<>())
          .put(path.substring(slash + 1), resource(path));
    }
    Map<AppId, AppFolder> apps = new TreeMap<>();
    folders.forEach((id, content) -> apps.put(new AppId(id), new AppFolder(content)));
    return apps;
  }

  private static byte[] resource(String path) {
    try (InputStream in = ShippedApps.class.getResourceAsStream("shipped/" + path)) {
      if (in == null) {
        throw new IllegalStateException("this build lacks the app file " + path);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
