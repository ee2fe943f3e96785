package community.cloudy.gossip.serf.wire;

import static community.cloudy.gossip.serf.wire.Vectors.b;
import static community.cloudy.gossip.serf.wire.Vectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamFramerTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp_ping_request",
        "tcp_ping_reply",
        "tcp_user_msg",
        "tcp_err_reply_plain",
        "tcp_err_reply_encrypted",
        "tcp_err_request_encrypted_to_plain",
        "tcp_pushpull_join_request",
        "tcp_pushpull_compressed_request",
        "tcp_pushpull_events_left",
        "enc_v1_tcp_pushpull_request",
        "label_tcp_pushpull_request",
        "label_enc_tcp_pushpull_request"
      })
  void findsTheEndByteByByte(String name) throws WireException {
    byte[] message = Vectors.bytes(name);
    byte[] more = Arrays.copyOf(message, message.length + 7);
    StreamFramer framer = new StreamFramer(message.length);
    for (int length = 0; length < message.length; length++) {
      assertThat(framer.end(Arrays.copyOf(more, length), length)).isEqualTo(-1);
    }
    assertThat(framer.end(message, message.length)).isEqualTo(message.length);
    assertThat(new StreamFramer(more.length).end(more, more.length)).isEqualTo(message.length);
  }

  @Test
  void refusesMessagesOverItsLimitAsSoonAsTheySaySo() {
    assertRefused("0a 7fffffff"); // encrypted
    assertRefused("0a ffffffff");
    assertRefused("08 81 aa557365724d73674c656e ce00100000"); // user message
    assertRefused("06 81 ac5573657253746174654c656e ce00100000"); // user state
    assertRefused("09 82 a4416c676f 00 a3427566 db00100000"); // compressed
    assertRefused("00 dfffffffff");
  }

  @Test
  void refusesMoreNodesThanACommunityHas() {
    assertRefused("06 81 a54e6f646573 ce00010001");
  }

  @Test
  void refusesUnknownTypes() {
    for (String type : new String[] {"01", "03", "07", "0b", "0c", "0e", "ff", "f404626c7565f4"}) {
      assertRefused(type);
    }
  }

  @Test
  void looksAtEachByteOnce() throws WireException {
    // A list of a million elements, one byte at a time: quadratic work would not come to an end.
    byte[] message = new byte[1 << 20];
    Arrays.fill(message, (byte) 1);
    byte[] head = hex("00 81 a178 dd 000ffff7").array();
    System.arraycopy(head, 0, message, 0, head.length);
    StreamFramer framer = new StreamFramer(message.length);
    for (int length = 0; length < message.length; length++) {
      assertThat(framer.end(message, length) < 0).isTrue();
    }
    assertThat(framer.end(message, message.length)).isEqualTo(message.length);
  }

  @Test
  void framesALabelledMessageOnceTheLabelIsThere() throws WireException {
    byte[] message = hex("f404 626c7565 02 80").array();
    StreamFramer framer = new StreamFramer(100);
    for (int length = 0; length < message.length; length++) {
      assertThat(framer.end(message, length)).isEqualTo(-1);
    }
    assertThat(framer.end(message, message.length)).isEqualTo(8);
    assertThat(b("blue").matches(message, 2, 4)).isTrue();
  }

  private static void assertRefused(String start) {
    byte[] data = hex(start).array();
    assertThatThrownBy(() -> new StreamFramer(1000).end(data, data.length))
        .as(start)
        .isInstanceOf(WireException.class);
  }
}
