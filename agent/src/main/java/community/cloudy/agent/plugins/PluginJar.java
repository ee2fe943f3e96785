package community.cloudy.agent.plugins;

import community.cloudy.services.spi.ServiceModule;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** A third party's jar. Its classes see Java, the contract, and each other. */
final class PluginJar extends URLClassLoader {
  private static final String VERSION = "Cloudy-Module-Api";
  private static final List<String> CONTRACT =
      List.of(
          "community.cloudy.services.spi.",
          "community.cloudy.gossip.discovery.",
          "community.cloudy.containers.engine.",
          "community.cloudy.containers.process.",
          "com.fasterxml.jackson.core.",
          "com.fasterxml.jackson.databind.",
          "org.slf4j.",
          "org.jspecify.");

  private final ClassLoader agent;

  private PluginJar(URL jar) {
    super("plugin", new URL[] {jar}, ClassLoader.getPlatformClassLoader());
    agent = ServiceModule.class.getClassLoader();
  }

  /**
   * Opens a jar that was made for this version of the contract; the jar stays open.
   *
   * @throws IOException if it is none
   */
  static PluginJar open(Path path) throws IOException {
    try (JarFile jar = new JarFile(path.toFile())) {
      String version =
          Optional.ofNullable(jar.getManifest())
              .map(Manifest::getMainAttributes)
              .map(attributes -> attributes.getValue(VERSION))
              .orElse("none");
      if (!version.equals(String.valueOf(ServiceModule.API))) {
        throw new IOException(
            "its manifest says %s %s, and this node has version %d"
                .formatted(VERSION, version, ServiceModule.API));
      }
    }
    return new PluginJar(path.toUri().toURL());
  }

  List<ServiceModule<?, ?>> modules() {
    List<ServiceModule<?, ?>> modules = new ArrayList<>();
    ServiceLoader.load(ServiceModule.class, this).forEach(modules::add);
    return modules;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    return CONTRACT.stream().anyMatch(name::startsWith)
        ? agent.loadClass(name)
        : super.findClass(name);
  }
}
