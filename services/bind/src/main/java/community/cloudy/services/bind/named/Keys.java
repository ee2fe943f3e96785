package community.cloudy.services.bind.named;

import community.cloudy.gossip.discovery.store.SafeFile;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import community.cloudy.services.spi.render.Rights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.xbill.DNS.TSIG;

/**
 * The keys by which named knows who controls it, who updates the catalogue's zone, and who may copy
 * zones. Each lies in a file of its own that named's group may read; none is ever an argument.
 */
public final class Keys {
  private static final int MAX_FILE = 4096;

  private final Path folder;
  private final TsigKey update;
  private final TsigKey transfer;
  private final Path transferFile;

  private Keys(Path folder, TsigKey update, Path transferFile) throws IOException {
    this.folder = folder;
    this.transferFile = transferFile;
    this.update = update;
    transfer = read(transferFile);
  }

  /**
   * Opens the keys of a node; what is not there is made.
   *
   * @param given a file with the key of transfers, of which a copy is taken
   * @throws ServiceException if a file cannot be read or written
   */
  public static Keys open(
      Path folder, Optional<Path> given, Rights rights, RandomGenerator random) {
    try {
      rights.folder(folder);
      key(folder, "control", rights, random);
      TsigKey update = key(folder, "update", rights, random);
      key(folder, "transfer", rights, random);
      Path transfer =
          given.isPresent() ? copied(given.get(), folder, rights) : folder.resolve("transfer.key");
      return new Keys(folder, update, transfer);
    } catch (IOException | IllegalArgumentException e) {
      throw new ServiceException(
          Code.FAILED,
          "Could not use the keys in %s%s: %s. Make them readable for the agent."
              .formatted(folder, given.map(f -> " and " + f).orElse(""), e.getMessage()),
          e);
    }
  }

  private static TsigKey key(Path folder, String use, Rights rights, RandomGenerator random)
      throws IOException {
    Path file = folder.resolve(use + ".key");
    if (!Files.exists(file)) {
      write(file, TsigKey.made("cloudy-" + use, random), rights);
    }
    return read(file);
  }

  private static Path copied(Path given, Path folder, Rights rights) throws IOException {
    Path copy = folder.resolve("given.key");
    write(copy, read(given), rights);
    return copy;
  }

  private static TsigKey read(Path file) throws IOException {
    return TsigKey.read(new String(SafeFile.read(file, MAX_FILE), StandardCharsets.UTF_8));
  }

  private static void write(Path file, TsigKey key, Rights rights) throws IOException {
    SafeFile.write(file, key.text().getBytes(StandardCharsets.UTF_8), "rw-------");
    rights.readable(file);
  }

  /** Returns the files that named reads. */
  List<Path> files() {
    return List.of(control(), folder.resolve("update.key"), transferFile);
  }

  /** Returns the file of the key that controls. */
  Path control() {
    return folder.resolve("control.key");
  }

  /** Returns what signs updates. */
  public TSIG update() {
    return update.tsig();
  }

  String updateName() {
    return update.name();
  }

  /** Returns what signs transfers. */
  public TSIG transfer() {
    return transfer.tsig();
  }

  String transferName() {
    return transfer.name();
  }
}
