package community.cloudy.services.squid;

import community.cloudy.gossip.discovery.store.SafeFile;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import community.cloudy.services.spi.Workload;
import community.cloudy.services.spi.render.ManagedFolder;
import community.cloudy.services.spi.render.Steps;
import community.cloudy.services.squid.conf.SquidConf;
import community.cloudy.services.squid.conf.Surroundings;
import community.cloudy.services.squid.settings.Address;
import community.cloudy.services.squid.settings.SquidSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Squid's file, and how Squid goes over to another. Used by one thread at a time. */
final class SquidFiles {
  private static final Duration READY = Duration.ofSeconds(10);
  private static final Pattern PORT = Pattern.compile("(?m)^http_port (?:\\S*:)?([0-9]{1,5})$");
  private static final int MAX_FILE = 1 << 22;

  private final SquidProgram program;
  private final Workload workload;
  private final ManagedFolder files;

  SquidFiles(ManagedFolder files, SquidProgram program, Workload workload) {
    this.files = files;
    this.program = program;
    this.workload = workload;
  }

  Path inUse() {
    return files.current().resolve(SquidConf.FILE);
  }

  /** Returns the port that the file in use says. */
  OptionalInt port() {
    try {
      String text = new String(SafeFile.read(inUse(), MAX_FILE), StandardCharsets.UTF_8);
      Matcher matcher = PORT.matcher(text);
      return matcher.find()
          ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
          : OptionalInt.empty();
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }

  /** Tells whether there is a file. */
  boolean isWritten() {
    return files.versions().stream().anyMatch(ManagedFolder.Version::inUse);
  }

  /**
   * Goes over to what follows from the settings.
   *
   * @param usedPort the port at which this Squid answers now
   * @param onSwitch is told when Squid is about to go over
   */
  void apply(SquidSettings settings, Surroundings around, OptionalInt usedPort, Runnable onSwitch) {
    try {
      String conf = SquidConf.of(settings, around);
      boolean changed =
          files.apply(
              folder -> Map.of(SquidConf.FILE, conf), steps(settings, around, usedPort, onSwitch));
      if (!changed) {
        workload.start();
      }
    } catch (IllegalArgumentException e) {
      throw new ServiceException(
          Code.INVALID,
          "Could not write the settings for Squid: a value %s. Change it."
              .formatted(e.getMessage()),
          e);
    }
  }

  private Steps steps(
      SquidSettings settings, Surroundings around, OptionalInt usedPort, Runnable onSwitch) {
    return new Steps() {
      @Override
      public void check(Path folder) {
        program.check(folder.resolve(SquidConf.FILE));
        if (!usedPort.equals(OptionalInt.of(settings.port()))) {
          checkFree(settings);
        }
        makeDisk(settings, around);
      }

      @Override
      public void reload(Path folder) {
        onSwitch.run();
        switch (workload.state().phase()) {
          case RUNNING -> program.reconfigure(folder.resolve(SquidConf.FILE));
          case STOPPED -> workload.start();
          default -> workload.restart();
        }
      }

      @Override
      public void verify() {
        workload.awaitReady(READY);
      }
    };
  }

  /** Squid ends if somebody else has the port, and what people are fetching with it. */
  private static void checkFree(SquidSettings settings) {
    List<String> addresses =
        settings.listen().isEmpty()
            ? List.of("0.0.0.0")
            : settings.listen().stream().map(Address::text).toList();
    for (String address : addresses) {
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(address, settings.port()));
      } catch (IOException e) {
        throw new ServiceException(
            Code.CONFLICT,
            "Could not use port %d of %s: %s. Set another port, or end what has it."
                .formatted(settings.port(), address, e.getMessage()),
            e);
      }
    }
  }

  /** Before Squid runs with it: it ends if the folders of its disk are missing. */
  private void makeDisk(SquidSettings settings, Surroundings around) {
    if (settings.diskMb() == 0) {
      return;
    }
    Path file = program.folder().resolveSibling("disk.conf");
    try {
      byte[] text = SquidConf.forDisk(settings, around).getBytes(StandardCharsets.UTF_8);
      SafeFile.write(file, text, "rw-r-----");
    } catch (IOException e) {
      throw new ServiceException(
          Code.FAILED, "Could not write %s: %s. Make room.".formatted(file, e.getMessage()), e);
    }
    program.makeDisk(file);
  }
}
