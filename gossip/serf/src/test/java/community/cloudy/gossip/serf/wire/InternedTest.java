package community.cloudy.gossip.serf.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InternedTest {
  private final Interned interned = new Interned();

  @Test
  void returnsTheSameObjectForTheSameBytes() {
    Bytes first = get("attic");
    assertThat(first).isEqualTo(Bytes.utf8("attic"));
    assertThat(get("attic")).isSameAs(first);
    assertThat(get("cellar")).isEqualTo(Bytes.utf8("cellar"));
    assertThat(get("")).isSameAs(Bytes.EMPTY);
  }

  @Test
  void doesNotKeepLongStrings() {
    String text = "x".repeat(Interned.LONGEST + 1);
    assertThat(get(text)).isEqualTo(Bytes.utf8(text)).isNotSameAs(get(text));
  }

  @Test
  void remembersMostNamesOfAThousandNodes() {
    Set<Bytes> names = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 1000; i++) {
        names.add(get("node-" + i));
      }
    }
    assertThat(names.size()).isBetween(1000, 1050);
  }

  @Test
  void answersRightThroughHostileChurn() {
    for (int i = 0; i < 100_000; i++) {
      String name = "hostile-" + i;
      assertThat(get(name).utf8()).isEqualTo(name);
    }
    Bytes again = get("attic");
    assertThat(get("attic")).isSameAs(again);
  }

  private Bytes get(String text) {
    byte[] data = Bytes.utf8("[" + text).array();
    return interned.get(data, 1, data.length - 1);
  }
}
