package community.cloudy.agent.migrate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the files that an older Cloudy and guifi.net's packages have left. */
public final class Migration {
  private static final int MAX_FILE = 256 * 1024;
  private static final int MAX_FILES = 200;
  private static final Pattern STACK = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");

  private final Path root;
  private final Findings findings = new Findings();

  private Migration(Path root) {
    this.root = root;
  }

  /**
   * Reads what there is.
   *
   * @param root of the system or of a copy of its files
   */
  public static Findings of(Path root) {
    Migration migration = new Migration(root);
    migration.shell("etc/cloudy/cloudy.conf", LegacySettings::cloudy);
    migration.shell("etc/avahi-ps-serf.conf", LegacySettings::serf);
    migration.shell("etc/guifi-proxy3/config.sh", LegacySettings::proxy);
    migration.php("etc/dnsservices/config.php", LegacySettings::dns);
    migration.php("etc/snpservices/config.php", LegacySettings::graphs);
    migration.shell("etc/cloudy/guifi.conf", LegacySettings::guifi);
    migration.templates();
    migration.projects();
    return migration.findings;
  }

  /** Reads the values of one file; takes out what it has dealt with. */
  @FunctionalInterface
  interface Reader {
    void read(String file, Map<String, String> values, Findings findings);
  }

  private void shell(String file, Reader reader) {
    text(file).ifPresent(text -> values(file, Assignments.shell(text), reader));
  }

  private void php(String file, Reader reader) {
    text(file).ifPresent(text -> values(file, Assignments.php(text), reader));
  }

  private void values(String file, Assignments assignments, Reader reader) {
    reader.read(file, assignments.values(), findings);
    assignments
        .unread()
        .forEach(key -> findings.leave(file, key, "is more than a text, and nothing is run"));
  }

  /** Files by which somebody might lead us elsewhere are not followed. */
  private Optional<String> text(String file) {
    try (InputStream in = Files.newInputStream(root.resolve(file), LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(MAX_FILE + 1);
      if (bytes.length > MAX_FILE) {
        findings.leave(file, "", "has more than " + MAX_FILE + " bytes");
        return Optional.empty();
      }
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      findings.leave(file, "", "could not be read: " + e);
      return Optional.empty();
    }
  }

  private void templates() {
    String folder = "etc/cloudy/docker/templates";
    for (String name : names(folder)) {
      String file = folder + "/" + name;
      if (name.endsWith(".json")) {
        text(file).ifPresent(text -> new LegacyTemplate(file, findings).read(text));
      }
    }
  }

  private void projects() {
    String folder = "etc/cloudy/docker-compose/projects";
    for (String name : names(folder)) {
      String file = folder + "/" + name + "/docker-compose.yml";
      if (!STACK.matcher(name).matches()) {
        findings.leave(file, "", "its name cannot be a stack's: rename it and run this again");
      } else {
        text(file).ifPresent(text -> findings.stack(file, name, text));
      }
    }
  }

  private List<String> names(String folder) {
    try (Stream<Path> entries = Files.list(root.resolve(folder))) {
      List<String> names =
          entries
              .map(entry -> entry.getFileName().toString())
              .sorted()
              .limit(MAX_FILES + 1)
              .toList();
      if (names.size() > MAX_FILES) {
        findings.leave(folder, "", "has more than " + MAX_FILES + " entries: the others are left");
      }
      return names.subList(0, Math.min(names.size(), MAX_FILES));
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      findings.leave(folder, "", "could not be read: " + e);
      return List.of();
    }
  }
}
