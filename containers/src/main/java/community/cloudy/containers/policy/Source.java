package community.cloudy.containers.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The files a person wrote, before Compose resolves them. Compose opens some files while it
 * resolves ({@code env_file}, {@code extends}, {@code include}), before any rule could see their
 * names: so they are found here first, and may only be in the stack's folder.
 */
public final class Source {
  /** A model that no person wrote. */
  public static final Source NONE = new Source("", Map.of(), Set.of(), Set.of());

  private static final int MAX_FILES = 16;
  private static final int MAX_EXTENDS = 16;
  private static final Pattern PLAIN_PATH =
      Pattern.compile("(\\./)?[A-Za-z0-9_.@+-][A-Za-z0-9_.@+/ -]*");

  private final String main;
  private final Map<String, Yaml.Fields> trees;
  private final Set<String> plainFiles;
  private final Set<String> folders;

  /** A line of a file; an empty name for none. */
  record Place(String file, int line) {}

  private Source(
      String main, Map<String, Yaml.Fields> trees, Set<String> plainFiles, Set<String> folders) {
    this.main = main;
    this.trees = trees;
    this.plainFiles = plainFiles;
    this.folders = folders;
  }

  /**
   * Reads {@code main} and what it extends.
   *
   * @param reader gives a file of the stack's folder by its relative path; empty if there is none
   * @throws PolicyException if one of them is no bounded YAML, or names a file elsewhere
   */
  public static Source read(String main, Function<String, Optional<String>> reader) {
    Map<String, Yaml.Fields> trees = new LinkedHashMap<>();
    Scan scan = new Scan(reader, trees);
    scan.compose(main, "", 0);
    if (!scan.refusals.isEmpty()) {
      throw new PolicyException(scan.refusals);
    }
    return new Source(main, trees, scan.plainFiles, scan.folders);
  }

  /**
   * Returns the files Compose opens to resolve this, relative to the folder, the main one first.
   */
  public Set<String> files() {
    Set<String> files = new LinkedHashSet<>(trees.keySet());
    files.addAll(plainFiles);
    return files;
  }

  /** Returns folders an image is built from, relative: Compose looks whether they are there. */
  public Set<String> folders() {
    return folders;
  }

  /** Returns where {@code key} of the resolved model was written, or the nearest key above it. */
  Place find(Key key) {
    Yaml.Fields root = trees.get(main);
    return root == null ? new Place("", 0) : new Search().find(main, root, key.parts(), 0);
  }

  /** Follows a key through merges and extends. */
  private final class Search {
    private int hops;

    Place find(String file, Yaml from, List<String> parts, int line) {
      Yaml at = from;
      int seen = line;
      for (int i = 0; i < parts.size(); i++) {
        String part = parts.get(i);
        Optional<Yaml.Field> next = step(at, part);
        if (next.isEmpty()) {
          return at instanceof Yaml.Fields service
              ? inherited(file, service, parts.subList(i, parts.size()), seen)
              : new Place(file, seen);
        }
        seen = next.get().line();
        at = next.get().value();
      }
      return new Place(file, seen);
    }

    private Place inherited(String file, Yaml.Fields service, List<String> rest, int line) {
      Place here = new Place(file, line);
      Optional<Yaml> parent = service.get("extends");
      if (parent.isEmpty() || ++hops > MAX_EXTENDS) {
        return here;
      }
      Yaml.Fields reference = Yaml.asFields(parent.get()).orElse(new Yaml.Fields(0, Map.of()));
      String name = Yaml.text(parent.get()).or(() -> reference.text("service")).orElse("");
      String other = reference.text("file").map(f -> beside(file, f)).orElse(file);
      Yaml.Fields root = trees.get(other);
      if (root == null || root.object("services").get(name).isEmpty()) {
        return here;
      }
      Yaml.Fields base = root.object("services").object(name);
      Place found = find(other, base, rest, base.line());
      return found.line() == base.line() ? here : found;
    }

    private Optional<Yaml.Field> step(Yaml at, String part) {
      if (at instanceof Yaml.Items list && part.matches("[0-9]{1,5}")) {
        int index = Integer.parseInt(part);
        return index < list.items().size()
            ? Optional.of(new Yaml.Field(list.items().get(index).line(), list.items().get(index)))
            : Optional.empty();
      }
      if (!(at instanceof Yaml.Fields fields)) {
        return Optional.empty();
      }
      Yaml.Field own = fields.fields().get(part);
      return own != null ? Optional.of(own) : fields.get("<<").flatMap(m -> merged(m, part));
    }

    private Optional<Yaml.Field> merged(Yaml merge, String part) {
      if (merge instanceof Yaml.Items several) {
        return several.items().stream().flatMap(one -> step(one, part).stream()).findFirst();
      }
      return step(merge, part);
    }
  }

  /** Finds the files that resolving would open, wherever their keys may hide. */
  private static final class Scan {
    private final Function<String, Optional<String>> reader;
    private final Map<String, Yaml.Fields> trees;
    private final Set<String> plainFiles = new LinkedHashSet<>();
    private final Set<String> folders = new LinkedHashSet<>();
    private final List<Refusal> refusals = new ArrayList<>();

    Scan(Function<String, Optional<String>> reader, Map<String, Yaml.Fields> trees) {
      this.reader = reader;
      this.trees = trees;
    }

    void compose(String file, String from, int line) {
      if (trees.containsKey(file)) {
        return;
      }
      if (trees.size() + plainFiles.size() >= MAX_FILES) {
        refuse(from, line, "needs more than " + MAX_FILES + " files", "Put them together.");
        return;
      }
      Optional<String> text = reader.apply(file);
      if (text.isEmpty()) {
        String asked = from.isEmpty() ? file : from;
        refuse(asked, line, "needs " + file + ", which is not in the folder", "Add it.");
        return;
      }
      Yaml.Fields root = YamlReader.read(file, text.get());
      trees.put(file, root);
      if (root.fields().containsKey("include")) {
        int at = root.fields().get("include").line();
        refuse(file, at, "includes other files", "Copy what they hold into " + file + ".");
      }
      if (!(root.get("services").orElse(null) instanceof Yaml.Fields)) {
        refuse(file, root.line(), "has no services", "List them under the key services.");
      }
      walk(file, root);
    }

    private void walk(String file, Yaml value) {
      if (value instanceof Yaml.Items items) {
        items.items().forEach(item -> walk(file, item));
      } else if (value instanceof Yaml.Fields fields) {
        for (Map.Entry<String, Yaml.Field> field : fields.fields().entrySet()) {
          key(file, field.getKey(), field.getValue());
          walk(file, field.getValue().value());
        }
      }
    }

    private void key(String file, String name, Yaml.Field field) {
      switch (name) {
        case "extends" ->
            Yaml.asFields(field.value())
                .flatMap(reference -> reference.get("file"))
                .flatMap(path -> local(file, field, path))
                .ifPresent(path -> compose(path, file, field.line()));
        case "build", "context" ->
            Yaml.text(field.value())
                .filter(path -> PLAIN_PATH.matcher(path).matches())
                .map(path -> beside(file, path))
                .ifPresent(folders::add);
        case "env_file" -> envFiles(file, field);
        case "label_file" -> refuse(file, field.line(), "reads labels from a file", "List them.");
        default -> {}
      }
    }

    private void envFiles(String file, Yaml.Field field) {
      List<Yaml> paths =
          field.value() instanceof Yaml.Items items ? items.items() : List.of(field.value());
      for (Yaml path : paths) {
        Yaml text = path instanceof Yaml.Fields entry ? entry.get("path").orElse(entry) : path;
        local(file, field, text).ifPresent(plainFiles::add);
      }
      if (trees.size() + plainFiles.size() > MAX_FILES) {
        refuse(file, field.line(), "needs more than " + MAX_FILES + " files", "Put them together.");
      }
    }

    private Optional<String> local(String file, Yaml.Field field, Yaml path) {
      String text = Yaml.text(path).orElse("");
      String name = beside(file, text);
      if (!PLAIN_PATH.matcher(text).matches() || name.isEmpty()) {
        String remedy = "Put the file into the folder and name it by a plain relative path.";
        refuse(file, field.line(), "reads a file outside the stack's folder", remedy);
        return Optional.empty();
      }
      return Optional.of(name);
    }

    private void refuse(String file, int line, String reason, String remedy) {
      refusals.add(new Refusal("", file, line, reason, remedy));
    }
  }

  /** Returns {@code path}, which {@code file} names, relative to the folder; empty if outside. */
  private static String beside(String file, String path) {
    List<String> parts = new ArrayList<>(List.of(file.split("/")));
    parts.remove(parts.size() - 1);
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        return "";
      }
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }
}
