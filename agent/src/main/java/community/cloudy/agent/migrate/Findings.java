package community.cloudy.agent.migrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** What was found, as it grows: this agent's configuration, Compose files, and what to tell. */
public final class Findings {
  private final Map<String, Object> config = new LinkedHashMap<>();
  private final Map<String, String> stacks = new LinkedHashMap<>();
  private final List<Note> notes = new ArrayList<>();

  /**
   * What became of something.
   *
   * @param file where it stood
   * @param key what; empty for all of the file
   * @param carried whether it is in the new configuration
   * @param what where it is now, or why it is not carried over and what to do; no secrets
   */
  public record Note(String file, String key, boolean carried, String what) {}

  /** Carries a value over to a key such as {@code gossip.bind}. */
  void carry(String file, String key, String to, Object value) {
    put(to, value);
    notes.add(new Note(file, key, true, to));
  }

  /** Sets a key of which nothing stood in the old files. */
  @SuppressWarnings("unchecked")
  void put(String to, Object value) {
    Map<String, Object> map = config;
    String[] keys = to.split("\\.", -1);
    for (int i = 0; i < keys.length - 1; i++) {
      map = (Map<String, Object>) map.computeIfAbsent(keys[i], key -> new LinkedHashMap<>());
    }
    map.put(keys[keys.length - 1], value);
  }

  void leave(String file, String key, String why) {
    notes.add(new Note(file, key, false, why));
  }

  /** Keeps a Compose file to make a stack of. */
  void stack(String file, String name, String compose) {
    stacks.put(name, compose);
    notes.add(new Note(file, "", true, "the Compose file of the stack " + name));
  }

  /** Returns the Compose files by the names of their stacks. */
  public Map<String, String> stacks() {
    return Map.copyOf(stacks);
  }

  /** Returns what to tell, in the order of the files. */
  public List<Note> notes() {
    return List.copyOf(notes);
  }

  /** Returns the configuration. */
  public String yaml() {
    return config.isEmpty() ? "{}\n" : yaml(config);
  }

  static String yaml(Map<String, Object> tree) {
    DumpSettings settings = DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
    return new Dump(settings).dumpToString(tree);
  }
}
