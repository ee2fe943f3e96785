package community.cloudy.gossip.serf.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LzwTest {
  private final Lzw lzw = new Lzw();

  @ParameterizedTest
  @ValueSource(
      strings = {"lzw_empty", "lzw_testing", "lzw_zeros600", "lzw_rand9000", "lzw_text32k"})
  void agreesWithGoByteForByte(String name) throws WireException {
    byte[] plain = Vectors.bytes(name + "_in");
    byte[] compressed = Vectors.bytes(name);
    assertThat(encoded(plain)).isEqualTo(compressed);
    assertThat(decoded(compressed, plain.length)).isEqualTo(plain);
  }

  @Test
  void restoresWhateverItCompressed() throws WireException {
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      byte[] plain = new byte[random.nextInt(20_000)];
      int letters = 1 + random.nextInt(255);
      for (int j = 0; j < plain.length; j++) {
        plain[j] = (byte) random.nextInt(letters);
      }
      assertThat(decoded(encoded(plain), plain.length)).isEqualTo(plain);
    }
  }

  @Test
  void givesUpWhenTheResultIsTooLong() {
    byte[] plain = Vectors.bytes("lzw_rand9000_in");
    assertThat(lzw.encode(plain, 0, plain.length, plain.length)).isFalse();
    assertThat(lzw.encode(plain, 0, plain.length, 12_190)).isTrue();
    assertThat(lzw.encode(plain, 0, plain.length, 12_189)).isFalse();
  }

  @Test
  void refusesBombs() {
    byte[] zeros = new byte[4 << 20];
    byte[] bomb = encoded(zeros);
    assertThat(bomb.length).isLessThan(10_000);
    assertThatThrownBy(() -> decoded(bomb, 65_536))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("expands to more than 65536");
  }

  @Test
  void refusesDataCutAnywhere() {
    byte[] compressed = Vectors.bytes("lzw_testing");
    for (int length = 0; length < compressed.length; length++) {
      byte[] cut = Arrays.copyOf(compressed, length);
      assertThatExceptionOfType(WireException.class).isThrownBy(() -> decoded(cut, 100));
    }
  }

  @Test
  void refusesCodesFromNowhere() {
    byte[] first258 = {0x02, 0x01};
    assertThatExceptionOfType(WireException.class).isThrownBy(() -> decoded(first258, 100));
  }

  @Test
  void appendsToEarlierOutput() throws WireException {
    byte[] testing = Vectors.bytes("lzw_testing");
    lzw.reset();
    lzw.decode(testing, 0, testing.length, 7);
    lzw.decode(testing, 0, testing.length, 7);
    assertThat(new String(lzw.output(), 0, lzw.length(), StandardCharsets.UTF_8))
        .isEqualTo("testingtesting");
  }

  private byte[] encoded(byte[] plain) {
    assertThat(lzw.encode(plain, 0, plain.length, Integer.MAX_VALUE)).isTrue();
    return Arrays.copyOf(lzw.output(), lzw.length());
  }

  private byte[] decoded(byte[] compressed, int most) throws WireException {
    lzw.reset();
    int length = lzw.decode(compressed, 0, compressed.length, most);
    assertThat(length).isEqualTo(lzw.length());
    return Arrays.copyOf(lzw.output(), length);
  }
}
