package community.cloudy.containers.apps;

import community.cloudy.gossip.discovery.store.SafeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

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
   * Writes all into {@code folder}, which is made where there is none; variables and secrets for
   * the owner alone.
   */
  public void write(Path folder) throws IOException {
    SafeFile.createFolder(folder);
    for (Map.Entry<String, byte[]> file : files.files().entrySet()) {
      SafeFile.write(folder.resolve(file.getKey()), file.getValue(), "rw-r--r--");
    }
    SafeFile.write(folder.resolve(".env"), utf8(env()), "rw-------");
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
