package community.cloudy.containers.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A corpus of tars nobody should unpack. */
final class VolumeTarTest {
  /** A tar written entry by entry: {@code kind name [link]}, kinds as the format has them. */
  private static byte[] tar(String... entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (String line : entries) {
        String[] words = line.strip().split(" ", -1);
        byte kind = (byte) words[0].charAt(0);
        TarArchiveEntry entry = new TarArchiveEntry(words[1], kind, true);
        if (words.length > 2) {
          entry.setLinkName(words[2]);
        }
        byte[] content = kind == TarConstants.LF_NORMAL ? new byte[700] : new byte[0];
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static void check(byte[] tar) throws IOException {
    VolumeTar.check(new ByteArrayInputStream(tar), "v");
  }

  @Test
  void takesWhatVolumesHold() throws IOException {
    byte[] tar =
        tar(
            "5 v/",
            "0 v/a",
            "1 v/b v/a",
            "2 v/out /etc/passwd",
            "2 v/up ../../x",
            "6 v/fifo",
            "5 v/d/",
            "5 v/d/e/",
            "0 v/d/e/f",
            "0 v/d/g",
            "0 v/z" + "long".repeat(50));
    assertThatCode(() -> check(tar)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 v | is not the root folder",
        "5 w/ | is not the root folder",
        "5 v/; 0 /etc/passwd | not plain and relative",
        "5 v/; 0 v/../x | not plain and relative",
        "5 v/; 0 v/./x | not plain and relative",
        "5 v/; 0 v//x | not plain and relative",
        "5 v/; 0 ../x | not plain and relative",
        "5 v/; 0 x | does not lie in a folder",
        "5 v/; 2 v/l /etc; 0 v/l/passwd | does not lie in a folder",
        "5 v/; 2 v/l ..; 5 v/l/; 0 v/l/x | is there twice",
        "5 v/; 5 v/d/; 0 v/x; 0 v/d/y | does not lie in a folder",
        "5 v/; 0 v/x; 0 v/x | is there twice",
        "5 v/; 5 v/d/; 0 v/d/x; 0 v/y; 2 v/d /etc | is there twice",
        "5 v/; 1 v/h /etc/shadow | not plain and relative",
        "5 v/; 1 v/h v/../../x | not plain and relative",
        "5 v/; 3 v/c | is a device",
        "5 v/; 4 v/b | is a device",
        "5 v/; 5 v/ | does not lie in a folder",
      })
  void refuses(String entries, String reason) throws IOException {
    byte[] tar = tar(entries.split(";", -1));
    assertThatThrownBy(() -> check(tar))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void refusesDepthAndNothing() throws IOException {
    byte[] deep = tar("5 v/", "0 v" + "/d".repeat(300));
    assertThatThrownBy(() -> check(deep)).hasMessageContaining("too deep");
    assertThatThrownBy(() -> check(new byte[0])).hasMessageContaining("empty");
    assertThatThrownBy(() -> check(tar())).hasMessageContaining("empty");
  }

  @Test
  void shownNamesAreFitToPrint() throws IOException {
    byte[] tar = tar("5 v/", "0 v/../\u001b[31m");
    assertThatThrownBy(() -> check(tar)).hasMessageNotContaining("\u001b");
  }

  @Test
  void survivesAnyDamage() throws IOException {
    byte[] whole = tar("5 v/", "0 v/a", "2 v/l x", "5 v/d/", "0 v/d/" + "n".repeat(200));
    Random random = new Random(11);
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] bad = i % 3 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
      for (int n = random.nextInt(4); n >= 0 && bad.length > 0; n--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      try {
        check(bad);
      } catch (IOException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(1000);
  }
}
