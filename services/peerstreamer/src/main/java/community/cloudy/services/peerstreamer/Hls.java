package community.cloudy.services.peerstreamer;

import community.cloudy.gossip.discovery.Health;
import community.cloudy.services.spi.Resource.Answer;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The playlist and the segments of a channel (RFC 8216).
 *
 * @param folder in which ffmpeg writes them
 */
record Hls(Path folder) {
  private static final Pattern SEGMENT = Pattern.compile("[0-9]{1,12}\\.ts");
  private static final int MOST = 32 << 20;
  private static final Duration FRESH = Duration.ofSeconds(15);

  /**
   * Returns a file as a browser wants it.
   *
   * @throws ServiceException if there is none of that name
   */
  Answer file(String name) {
    boolean isPlaylist = name.equals(Ffmpeg.PLAYLIST);
    if (!isPlaylist && !SEGMENT.matcher(name).matches()) {
      throw none(name);
    }
    // What ffmpeg's user puts there may be a link to a file that only the agent can read.
    try (InputStream in = Files.newInputStream(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
      byte[] content = in.readNBytes(MOST + 1);
      if (content.length > MOST) {
        throw new ServiceException(Code.FAILED, name + " is too long to be a segment.");
      }
      return Answer.bytes(isPlaylist ? "application/vnd.apple.mpegurl" : "video/mp2t", content);
    } catch (NoSuchFileException e) {
      throw none(name);
    } catch (IOException e) {
      throw new ServiceException(Code.FAILED, "Could not read %s: %s".formatted(name, e), e);
    }
  }

  private static ServiceException none(String name) {
    return new ServiceException(
        Code.NOT_FOUND, "There is no %s. Begin with %s.".formatted(name, Ffmpeg.PLAYLIST));
  }

  /** Tells whether the playlist grows. */
  Health look(Instant now) throws IOException {
    Path playlist = folder.resolve(Ffmpeg.PLAYLIST);
    if (!Files.exists(playlist)) {
      return new Health(Health.State.FAILING, "no playlist yet");
    }
    Duration age = Duration.between(Files.getLastModifiedTime(playlist).toInstant(), now);
    return age.compareTo(FRESH) < 0
        ? new Health(Health.State.OK, "the playlist grows")
        : new Health(Health.State.FAILING, "the playlist is %d s old".formatted(age.toSeconds()));
  }

  /** Deletes what is left of a stream that has ended. */
  void clear() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> isOurs(String.valueOf(file.getFileName()))).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }

  private static boolean isOurs(String name) {
    String whole = name.endsWith(".tmp") ? name.substring(0, name.length() - 4) : name;
    return whole.equals(Ffmpeg.PLAYLIST) || SEGMENT.matcher(whole).matches();
  }
}
