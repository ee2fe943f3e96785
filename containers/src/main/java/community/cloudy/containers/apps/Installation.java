package community.cloudy.containers.apps;

import community.cloudy.gossip.discovery.store.SafeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A filled-in app: what a stack's folder is to hold.
 *
 * @param files as they came with the app, {@code compose.yaml} and {@code app.yaml} among them
 * @param variables for {@code .env}
 * @param secrets contents of the files beneath {@code secrets/}, by name
 */
public record Installation(
    AppFolder files, Map<String, String> variables, Map<String, String> secrets) {
  /** The folder of the files that hold one secret each. */
  public static final String SECRETS = "secrets";

  static final String ENV = ".env";

  /** Copies the maps, in order. */
  public Installation {
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    secrets = Collections.unmodifiableMap(new LinkedHashMap<>(secrets));
  }

  /** Returns the text of {@code .env}. */
  public String env() {
    return DotEnv.write(variables);
  }

  /**
   * Returns the content of all files, by path.
   *
   * @param before files of a stack: where they hold a secret it stays byte for byte, with the
   *     line's end that an editor wrote
   */
  public Map<String, byte[]> content(Map<String, byte[]> before) {
    Map<String, byte[]> content = new TreeMap<>(files.files());
    content.put(ENV, utf8(env()));
    secrets.forEach(
        (name, value) -> {
          String path = SECRETS + "/" + name;
          byte[] old = before.getOrDefault(path, new byte[0]);
          content.put(path, Field.withoutLineEnd(old).equals(value) ? old : utf8(value));
        });
    return content;
  }

  /**
   * Writes all into {@code folder}, which is made where there is none; variables and secrets for
   * the owner alone.
   */
  public void write(Path folder) throws IOException {
    SafeFile.createFolder(folder);
    for (Map.Entry<String, byte[]> file : files.files().entrySet()) {
      SafeFile.write(folder.resolve(file.getKey()), file.getValue(), "rw-r--r--");
    }
    SafeFile.write(folder.resolve(ENV), utf8(env()), "rw-------");
    if (!secrets.isEmpty()) {
      SafeFile.createFolder(folder.resolve(SECRETS));
    }
    for (Map.Entry<String, String> secret : secrets.entrySet()) {
      Path file = folder.resolve(SECRETS).resolve(secret.getKey());
      SafeFile.write(file, utf8(secret.getValue()), "rw-------");
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Names what there is; shows no value. */
  @Override
  public String toString() {
    return "Installation[files=%s, variables=%s, secrets=%s]"
        .formatted(files.files().keySet(), variables.keySet(), secrets.keySet());
  }
}
