package community.cloudy.gossip.serf.wire;

import static community.cloudy.gossip.serf.wire.Vectors.KEY;
import static community.cloudy.gossip.serf.wire.Vectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyringTest {
  private static final Bytes OTHER = hex("ff".repeat(32));
  private static final byte[] AAD = {1, 2, 3};

  private final Random random = new Random(3);
  private final Keyring ring = ring(KEY);

  @Test
  void keepsThePrimaryKeyFirst() {
    ring.add(OTHER);
    ring.add(OTHER);
    assertThat(ring.list()).containsExactly(KEY, OTHER);
    ring.use(OTHER);
    assertThat(ring.list()).containsExactly(OTHER, KEY);
    ring.remove(KEY);
    ring.remove(KEY);
    assertThat(ring.list()).containsExactly(OTHER);
  }

  @Test
  void refusesInTheWordsOfSerf() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ring.add(hex("00".repeat(17))))
        .withMessage("key size must be 16, 24 or 32 bytes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ring.use(OTHER))
        .withMessage("Requested key is not in the keyring");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ring.remove(KEY))
        .withMessage("Removing the primary key is not allowed");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Keyring(List.of(), random::nextBytes));
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 24, 32})
  void opensWhatItSealed(int keySize) throws WireException {
    Keyring sized = ring(hex("5a".repeat(keySize)));
    byte[] sealed = sealed(sized, "hello", AAD);
    assertThat(sealed).hasSize(5 + Keyring.OVERHEAD).startsWith(1);
    assertThat(opened(sized, sealed, AAD)).isEqualTo(Vectors.b("hello").array());
  }

  @Test
  void opensWithAnyOfItsKeys() throws WireException {
    byte[] sealed = sealed(ring, "hello", AAD);
    Keyring rotated = ring(OTHER);
    assertThatThrownBy(() -> opened(rotated, sealed, AAD))
        .isInstanceOf(WireException.class)
        .hasMessage("no installed key decrypts the payload");
    rotated.add(KEY);
    assertThat(opened(rotated, sealed, AAD)).isEqualTo(Vectors.b("hello").array());
    ring.add(OTHER);
    assertThat(opened(ring, sealed(rotated, "back", AAD), AAD))
        .isEqualTo(Vectors.b("back").array());
  }

  @Test
  void refusesOtherAssociatedData() {
    byte[] sealed = sealed(ring, "hello", AAD);
    assertThatExceptionOfType(WireException.class)
        .isThrownBy(() -> opened(ring, sealed, new byte[] {1, 2}));
  }

  @Test
  void refusesPayloadChangedOrCutAnywhere() {
    byte[] sealed = sealed(ring, "hello", AAD);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 0x10;
      byte[] cut = Arrays.copyOf(sealed, i);
      assertThatExceptionOfType(WireException.class).isThrownBy(() -> opened(ring, changed, AAD));
      assertThatExceptionOfType(WireException.class).isThrownBy(() -> opened(ring, cut, AAD));
    }
  }

  @Test
  void stripsThePaddingOfVersion0() throws WireException {
    byte[] sealed = Vectors.bytes("enc_v0_udp_ping");
    assertThat(opened(ring, sealed, new byte[0])).isEqualTo(hex("0081a55365714e6f0a").array());
  }

  private Keyring ring(Bytes key) {
    return new Keyring(List.of(key), random::nextBytes);
  }

  private static byte[] sealed(Keyring ring, String text, byte[] aad) {
    byte[] plain = Vectors.b(text).array();
    byte[] sealed = new byte[plain.length + Keyring.OVERHEAD];
    ring.encrypt(plain, 0, plain.length, aad, sealed, 0);
    return sealed;
  }

  private static byte[] opened(Keyring ring, byte[] sealed, byte[] aad) throws WireException {
    byte[] out = new byte[sealed.length];
    return Arrays.copyOf(out, ring.decrypt(sealed, 0, sealed.length, aad, out));
  }
}
