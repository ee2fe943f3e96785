package community.cloudy.containers.apps;

import com.google.re2j.Pattern;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an app says of itself in {@code app.yaml}.
 *
 * @param version of the app folder, not of the software in it
 * @param icon a file of the folder, SVG or PNG
 * @param category one of {@link #CATEGORIES}
 * @param licence of the software, an SPDX expression
 * @param architectures as Debian names them, of {@link #ARCHITECTURES}
 * @param memory bytes it needs
 * @param disk bytes its images and first data need
 * @param multiInstance whether a node may have more than one
 * @param healthyWithin how long its containers may take to become healthy
 * @param announces what the community will see, by the labels in its compose.yaml
 */
public record App(
    AppId id,
    String version,
    Words title,
    Words tagline,
    Words description,
    Optional<String> icon,
    String category,
    String licence,
    Optional<URI> homepage,
    Set<String> architectures,
    long memory,
    long disk,
    boolean multiInstance,
    Duration healthyWithin,
    List<Field> fields,
    List<Announced> announces,
    Backup backup) {
  /** What kinds of app there are. */
  public static final Set<String> CATEGORIES =
      Set.of(
          "files", "documents", "web", "chat", "media", "home", "development", "network", "other");

  /** Where apps may run. */
  public static final Set<String> ARCHITECTURES =
      Set.of("amd64", "arm64", "armhf", "i386", "riscv64");

  static final int MAX_FIELDS = 32;
  private static final Pattern SERVICE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}");

  /** Checks what one part says of another. */
  public App {
    architectures = Set.copyOf(architectures);
    fields = List.copyOf(fields);
    announces = List.copyOf(announces);
    Set<String> names = new HashSet<>();
    Set<String> files = new HashSet<>();
    for (Field field : fields) {
      if (!names.add(field.name()) || (field.file() && !files.add(field.fileName()))) {
        throw new IllegalArgumentException("fields has " + field.name() + " twice. Keep one");
      }
    }
    for (Announced announced : announces) {
      if (announced.isField() && !isPort(fields, announced.port())) {
        throw new IllegalArgumentException(
            "announces " + announced.port() + ", which is no field of type port");
      }
    }
  }

  /**
   * Reads the text of an {@code app.yaml}.
   *
   * @throws AppException if it is written wrongly; carries every problem with line and column
   */
  public static App read(String metadata) {
    return Metadata.read(metadata);
  }

  /**
   * Returns the app that a stack with these files was made of; none where its {@code app.yaml} is
   * missing or no longer says what an app's must.
   */
  public static Optional<App> among(Map<String, byte[]> files) {
    try {
      return Optional.ofNullable(files.get(AppFolder.METADATA))
          .map(metadata -> read(new String(metadata, StandardCharsets.UTF_8)));
    } catch (AppException e) {
      return Optional.empty();
    }
  }

  private static boolean isPort(List<Field> fields, String name) {
    return fields.stream()
        .anyMatch(f -> f.name().equals(name) && f.kind() instanceof FieldKind.Port);
  }

  /**
   * A service of the stack that the community will see.
   *
   * @param service of compose.yaml
   * @param type as announcements have it
   * @param name as announcements have it; may refer to fields as {@code ${NAME}}
   * @param port a port's number or the name of a field
   */
  public record Announced(
      String service, String type, String name, String port, Optional<String> path) {
    private static final Pattern TYPE = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~/-]{0,99}");

    /** Checks each part's form. */
    public Announced {
      checkService(service);
      if (!TYPE.matches(type)) {
        throw new IllegalArgumentException("type must be 1 to 32 of a-z, 0-9 and -");
      }
      if (Character.isDigit(port.charAt(0))) {
        new FieldKind.Whole(1, 65535).checked(port);
      }
      if (path.isPresent() && !PATH.matches(path.get())) {
        throw new IllegalArgumentException("path must begin with / and be plain");
      }
    }

    /** Tells whether the port is a field's name. */
    boolean isField() {
      return !Character.isDigit(port.charAt(0));
    }
  }

  /**
   * How its data are saved.
   *
   * @param volumes names of compose.yaml; the others hold nothing worth keeping
   * @param before runs first, so that the data are whole; without it the stack stops meanwhile
   * @param after runs when the data are saved, whether that went well or not
   */
  public record Backup(List<String> volumes, Optional<Hook> before, Optional<Hook> after) {
    /** Copies the list. */
    public Backup {
      volumes = List.copyOf(volumes);
      volumes.forEach(App::checkService);
    }
  }

  /**
   * A command to run in one of the stack's containers.
   *
   * @param service of compose.yaml
   * @param command a program and its arguments; no shell unless it names one
   */
  public record Hook(String service, List<String> command) {
    /** Checks the bounds. */
    public Hook {
      command = List.copyOf(command);
      checkService(service);
      if (command.isEmpty() || command.size() > 32) {
        throw new IllegalArgumentException("command must have 1 to 32 words");
      }
    }
  }

  static String checkService(String name) {
    if (!SERVICE.matches(name)) {
      throw new IllegalArgumentException("must be 1 to 63 of a-z, A-Z, 0-9, '.', _ and -");
    }
    return name;
  }
}
