package community.cloudy.services.example;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.gossip.discovery.ServiceSpec;
import community.cloudy.gossip.discovery.health.Check;
import community.cloudy.gossip.discovery.health.Probe;
import community.cloudy.gossip.discovery.health.Target;
import community.cloudy.services.spi.ModuleContext;
import community.cloudy.services.spi.ProcessSpec;
import community.cloudy.services.spi.Readiness;
import community.cloudy.services.spi.Resource;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import community.cloudy.services.spi.ServiceInstance;
import community.cloudy.services.spi.Status;
import community.cloudy.services.spi.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The web server at work. */
final class Share implements ServiceInstance<ShareModule.Settings> {
  private static final int MOST_FILES = 1000;

  private final ModuleContext context;
  private volatile ShareModule.Settings settings;
  private volatile Workload server;

  private Share(ModuleContext context, ShareModule.Settings settings) {
    this.context = context;
    this.settings = settings;
    server = server(context, settings);
  }

  static Share start(ShareModule.Settings settings, ModuleContext context) {
    checkFolder(settings);
    Share share = new Share(context, settings);
    share.server.start();
    return share;
  }

  private static void checkFolder(ShareModule.Settings settings) {
    if (!Files.isDirectory(settings.folder())) {
      throw new ServiceException(
          Code.MISSING, "There is no folder " + settings.folder() + ". Make it, or name another.");
    }
  }

  private static Workload server(ModuleContext context, ShareModule.Settings settings) {
    String address = context.address().getHostAddress();
    ProcessSpec spec =
        ProcessSpec.of(
            "server",
            List.of(
                "/usr/bin/python3",
                "-m",
                "http.server",
                "--bind",
                address,
                "--directory",
                settings.folder().toString(),
                "--",
                String.valueOf(settings.port())),
            context.folder());
    Probe probe = new Probe(context.random());
    Readiness answers =
        () ->
            probe.probe(
                new Check.Http(false, "/"),
                new Target(address, settings.port()),
                Duration.ofSeconds(5));
    return context.process(spec, answers);
  }

  @Override
  public void reload(ShareModule.Settings wanted) {
    checkFolder(wanted);
    ShareModule.Settings before = settings;
    replace(wanted);
    try {
      server.awaitReady(Duration.ofSeconds(20));
    } catch (ServiceException e) {
      replace(before);
      throw e;
    }
  }

  private void replace(ShareModule.Settings wanted) {
    server.stop();
    server.close();
    settings = wanted;
    server = server(context, wanted);
    server.start();
  }

  @Override
  public Status status() {
    ShareModule.Settings now = settings;
    String host = context.address().getHostAddress();
    ServiceSpec website =
        ServiceSpec.of(
            "share",
            "website",
            "Files of " + context.node(),
            "A folder shared by HTTP",
            List.of(new ServiceEndpoint("http", "", now.port(), "/")),
            new TreeMap<>());
    return new Status(
        server.state().health(),
        List.of(new ServiceEndpoint("http", host, now.port(), "/")),
        List.of(website),
        new TreeMap<>(Map.of("folder", now.folder().toString())),
        new TreeMap<>(Map.of("restarts_total", (double) server.state().restarts())));
  }

  Resource.Answer files() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode list = json.putArray("files");
    try (Stream<Path> files = Files.list(settings.folder())) {
      files
          .limit(MOST_FILES)
          .map(Path::getFileName)
          .sorted()
          .forEach(name -> list.add(name.toString()));
    } catch (IOException e) {
      throw new ServiceException(Code.FAILED, "Could not look into the folder: " + e, e);
    }
    return Resource.Answer.json(json);
  }

  @Override
  public List<String> log(int lines) {
    return server.log(lines);
  }

  @Override
  public void stop() {
    server.stop();
    server.close();
  }

  @Override
  public void close() {
    server.close();
  }
}
