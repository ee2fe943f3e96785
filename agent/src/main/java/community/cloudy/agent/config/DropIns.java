package community.cloudy.agent.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.config.ModulesConfig.ModuleConfig;
import community.cloudy.gossip.discovery.store.SafeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * Writes what is changed by the API into {@code conf.d}, a file a module, which a person can read
 * and change. Used by one thread at a time.
 */
public final class DropIns {
  private static final int MOST = 256 * 1024;
  private static final Pattern OWN = Pattern.compile("50-services-[a-z][a-z0-9-]{0,31}\\.yaml");

  private final ConfigFiles files;

  /** Writes beside the sources {@code files}. */
  public DropIns(ConfigFiles files) {
    this.files = files;
  }

  /**
   * Reads the configuration again.
   *
   * @throws ConfigException with all that is wrong
   */
  public AgentConfig read() {
    return files.load();
  }

  /**
   * Returns every key and where it is written.
   *
   * @throws ConfigException with all that is wrong
   */
  public List<ConfigValue> values() {
    return files.values();
  }

  /** Tells whether a file is one of those that {@link #write} makes. */
  public boolean isOwn(Origin origin) {
    Path file = Path.of(origin.source());
    return files.folder().equals(file.getParent())
        && OWN.matcher(String.valueOf(file.getFileName())).matches();
  }

  /**
   * Writes the section of one module and reads everything again.
   *
   * @param section its keys, all of them
   * @param wanted how the module is to be set then
   * @throws ConfigException if it would not be; the file is as it was
   */
  public void write(String module, ObjectNode section, ModuleConfig wanted) {
    Path file = files.folder().resolve("50-services-" + module + ".yaml");
    Optional<byte[]> before = Optional.empty();
    try {
      if (Files.exists(file)) {
        before = Optional.of(SafeFile.read(file, MOST));
      }
      SafeFile.createFolder(files.folder());
      SafeFile.write(file, text(module, section), "rw-r-----");
      if (!wanted.equals(files.load().modules().settings().get(module))) {
        throw new ConfigException(
            Origin.whole(file.toString()),
            "another file, or --set, says otherwise. Remove services.%s there.".formatted(module));
      }
    } catch (IOException e) {
      putBack(file, before);
      throw new ConfigException(
          Origin.whole(file.toString()),
          "could not be written: " + e.getMessage() + ". Make the folder writable for the agent.");
    } catch (ConfigException e) {
      putBack(file, before);
      throw e;
    }
  }

  private static void putBack(Path file, Optional<byte[]> before) {
    try {
      if (before.isPresent()) {
        SafeFile.write(file, before.get(), "rw-r-----");
      } else {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new ConfigException(
          Origin.whole(file.toString()), "could not be put back: " + e.getMessage() + ".");
    }
  }

  private static byte[] text(String module, ObjectNode section) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .build();
    Object tree = Map.of("services", Map.of(module, tree(section)));
    String text =
        "# Written by the API; may be changed by hand, and is then read at the next reload.\n"
            + new Dump(settings).dumpToString(tree);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static @Nullable Object tree(JsonNode json) {
    if (json.isObject()) {
      Map<String, Object> map = new LinkedHashMap<>();
      json.properties().forEach(entry -> map.put(entry.getKey(), tree(entry.getValue())));
      return map;
    } else if (json.isArray()) {
      List<Object> list = new ArrayList<>();
      json.forEach(item -> list.add(tree(item)));
      return list;
    } else if (json.isBoolean()) {
      return json.booleanValue();
    } else if (json.isNumber()) {
      return json.numberValue();
    }
    return json.isNull() ? null : json.asText();
  }
}
