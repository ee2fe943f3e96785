package community.cloudy.agent.plugins;

import community.cloudy.services.spi.ServiceModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The modules there are.
 *
 * @param modules by id
 * @param refused why a file of the plug-in folder was not taken, by its name
 */
public record Plugins(
    SortedMap<String, ServiceModule<?, ?>> modules, SortedMap<String, String> refused) {
  private static final int MOST = 64;
  private static final Map<Optional<Path>, Plugins> LOADED = new ConcurrentHashMap<>();

  /** Copies both. */
  public Plugins {
    modules = Collections.unmodifiableSortedMap(new TreeMap<>(modules));
    refused = Collections.unmodifiableSortedMap(new TreeMap<>(refused));
  }

  /** Returns no modules at all. */
  public static Plugins none() {
    return new Plugins(new TreeMap<>(), new TreeMap<>());
  }

  /**
   * Finds those of the distribution, and those in {@code folder}. A jar there that cannot be used
   * harms no other: it is among the refused. A process loads each folder once, as settings that are
   * read again must be of the classes that run.
   */
  public static Plugins load(Optional<Path> folder) {
    return LOADED.computeIfAbsent(folder, Plugins::found);
  }

  private static Plugins found(Optional<Path> folder) {
    SortedMap<String, ServiceModule<?, ?>> modules = new TreeMap<>();
    for (ServiceModule<?, ?> module :
        ServiceLoader.load(ServiceModule.class, Plugins.class.getClassLoader())) {
      modules.put(module.descriptor().id(), module);
    }
    SortedMap<String, String> refused = new TreeMap<>();
    for (Path jar : folder.map(Plugins::jars).orElse(List.of())) {
      try {
        add(jar, modules);
      } catch (IOException | RuntimeException | ServiceConfigurationError | LinkageError e) {
        refused.put(jar.getFileName().toString(), String.valueOf(e.getMessage()));
      }
    }
    return new Plugins(modules, refused);
  }

  private static List<Path> jars(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().limit(MOST).toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(Path jar, SortedMap<String, ServiceModule<?, ?>> modules)
      throws IOException {
    checkOwner(jar);
    PluginJar plugin = PluginJar.open(jar);
    List<ServiceModule<?, ?>> found = plugin.modules();
    if (found.isEmpty()) {
      throw new IOException("it names no module in META-INF/services");
    }
    for (ServiceModule<?, ?> module : found) {
      String id = module.descriptor().id();
      if (modules.putIfAbsent(id, module) != null) {
        throw new IOException("there is already a module " + id);
      }
    }
  }

  /** Its code will have the agent's rights, so nobody with fewer may have written it. */
  private static void checkOwner(Path jar) throws IOException {
    PosixFileAttributes attributes = Files.readAttributes(jar, PosixFileAttributes.class);
    String owner = attributes.owner().getName();
    Set<PosixFilePermission> open =
        Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    boolean ours = owner.equals("root") || owner.equals(System.getProperty("user.name"));
    if (!ours || !Collections.disjoint(attributes.permissions(), open)) {
      throw new IOException("others than root can write it: chown root and chmod go-w");
    }
  }
}
