package community.cloudy.gossip.serf.wire;

import static community.cloudy.gossip.serf.wire.Vectors.b;
import static community.cloudy.gossip.serf.wire.Vectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TagsCodecTest {
  @Test
  void sortsByKey() {
    assertThat(TagsCodec.encode(Map.of(b("role"), b("db"), b("color"), b("blue"))))
        .isEqualTo(hex("ff82a5636f6c6f72a4626c7565a4726f6c65a26462"));
    assertThat(TagsCodec.encode(Map.of())).isEqualTo(hex("ff80"));
  }

  @Test
  void readsAnyOrder() throws WireException {
    assertThat(TagsCodec.decode(hex("ff82a4726f6c65a3776562a26463a3657531")))
        .isEqualTo(Map.of(b("role"), b("web"), b("dc"), b("eu1")));
    assertThat(TagsCodec.decode(hex("ff80"))).isEmpty();
  }

  @Test
  void readsMetaWithoutMarkAsRole() throws WireException {
    assertThat(TagsCodec.decode(b("web"))).isEqualTo(Map.of(b("role"), b("web")));
    assertThat(TagsCodec.decode(Bytes.EMPTY)).isEqualTo(Map.of(b("role"), Bytes.EMPTY));
  }

  @Test
  void keepsBytesThatAreNoText() throws WireException {
    Map<Bytes, Bytes> tags = Map.of(hex("ff00"), hex("c328"));
    assertThat(TagsCodec.decode(TagsCodec.encode(tags))).isEqualTo(tags);
  }

  @Test
  void holdsMetaTo512Bytes() throws WireException {
    // ff, 81, a1 'k', da and a length
    Map<Bytes, Bytes> full = Map.of(b("k"), Bytes.wrap(new byte[512 - 7]));
    Bytes meta = TagsCodec.encode(full);
    assertThat(meta.length()).isEqualTo(512);
    assertThat(TagsCodec.decode(meta)).isEqualTo(full);
    Map<Bytes, Bytes> over = Map.of(b("k"), Bytes.wrap(new byte[512 - 6]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TagsCodec.encode(over))
        .withMessage("Encoded length of tags exceeds limit of 512 bytes");
    assertThatExceptionOfType(WireException.class)
        .isThrownBy(() -> TagsCodec.decode(Bytes.wrap(new byte[513])));
  }

  @Test
  void refusesWhatIsNoMapOfStrings() {
    for (String meta :
        new String[] {"ff", "ff01", "ff81", "ff81a161", "ff8101a161", "ffdf7fffffff"}) {
      assertThatExceptionOfType(WireException.class)
          .as(meta)
          .isThrownBy(() -> TagsCodec.decode(hex(meta)));
    }
  }
}
