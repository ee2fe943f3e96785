package community.cloudy.gossip.serf.cluster;

import static community.cloudy.gossip.serf.cluster.ClusterRig.at;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.serf.KeyReport;
import community.cloudy.gossip.serf.SerfEvent;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.KeyRequest;
import community.cloudy.gossip.serf.wire.KeyResponse;
import community.cloudy.gossip.serf.wire.Keyring;
import community.cloudy.gossip.serf.wire.QueryMessage;
import community.cloudy.gossip.serf.wire.QueryResponse;
import community.cloudy.gossip.serf.wire.SerfMessage;
import community.cloudy.gossip.serf.wire.WireException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The community's keys (specification B8). */
class KeysTest {
  private static final Bytes FIRST = key(1);
  private static final Bytes SECOND = key(2);

  private final Keyring keyring = new Keyring(List.of(FIRST), nonce -> {});
  private ClusterRig rig = rig(Optional.of(keyring));
  private long lastId;

  private static ClusterRig rig(Optional<Keyring> keyring) {
    ClusterRig rig = new ClusterRig(List.of(), keyring);
    rig.start(List.of());
    rig.hear(at(2), ClusterRig.alive("b", 2, 1));
    rig.hear(at(3), ClusterRig.alive("c", 3, 1));
    rig.rest();
    return rig;
  }

  private static Bytes key(int fill) {
    byte[] key = new byte[16];
    Arrays.fill(key, (byte) fill);
    return Bytes.wrap(key);
  }

  private static String base64(Bytes key) {
    return Base64.getEncoder().encodeToString(key.array());
  }

  private KeyResponse ask(String verb, Bytes key) throws WireException {
    Endpoint asker = at(2);
    rig.transport.sent.clear();
    rig.hear(
        new QueryMessage(
            5,
            ++lastId,
            asker.address(),
            asker.port(),
            Bytes.utf8("b"),
            List.of(),
            0,
            0,
            SECONDS.toNanos(2),
            Bytes.utf8("_serf_" + verb),
            Bytes.wrap(new KeyRequest(key).encode())));
    QueryResponse response = rig.said(QueryResponse.class).get(0);
    assertThat(response.encode().length).isLessThanOrEqualTo(1024);
    Bytes answer = response.payload();
    return (KeyResponse) SerfMessage.decode(answer.array(), 0, answer.length());
  }

  private void refuses(String verb, Bytes key, String why) throws WireException {
    KeyResponse response = ask(verb, key);
    assertThat(response.result()).isFalse();
    assertThat(response.message().utf8()).isEqualTo(why);
    assertThat(rig.storedKeys).isEmpty();
  }

  @Test
  void installsUsesAndRemovesAndStoresEachTime() throws WireException {
    assertThat(ask("install-key", SECOND).result()).isTrue();
    assertThat(ask("use-key", SECOND).result()).isTrue();
    assertThat(ask("remove-key", FIRST).result()).isTrue();
    assertThat(rig.storedKeys)
        .containsExactly(List.of(FIRST, SECOND), List.of(SECOND, FIRST), List.of(SECOND));
    assertThat(rig.heard(SerfEvent.Query.class)).isEmpty();
  }

  @Test
  void refusesInTheWordsOfSerf() throws WireException {
    refuses("install-key", Bytes.utf8("short"), "key size must be 16, 24 or 32 bytes");
    refuses("use-key", SECOND, "Requested key is not in the keyring");
    refuses("remove-key", FIRST, "Removing the primary key is not allowed");
  }

  @Test
  void saysThatThereIsNoEncryption() throws WireException {
    rig = rig(Optional.empty());
    refuses("install-key", SECOND, "No keyring to modify (encryption not enabled)");
    refuses("list-keys", Bytes.EMPTY, "Keyring is empty (encryption not enabled)");
  }

  @Test
  void listsTheKeysAndThePrimaryOne() throws WireException {
    keyring.add(SECOND);
    KeyResponse list = ask("list-keys", Bytes.EMPTY);
    assertThat(list.result()).isTrue();
    assertThat(list.keys()).extracting(Bytes::utf8).containsExactly(base64(FIRST), base64(SECOND));
    assertThat(list.primaryKey().utf8()).isEqualTo(base64(FIRST));
    assertThat(list.message().isEmpty()).isTrue();
  }

  @Test
  void cutsAListThatFitsNoAnswerAndSaysSo() throws WireException {
    for (int i = 2; i <= 100; i++) {
      keyring.add(key(i));
    }
    KeyResponse list = ask("list-keys", Bytes.EMPTY);
    int shown = list.keys().size();
    assertThat(shown).isBetween(10, 99);
    assertThat(list.message().utf8())
        .isEqualTo("truncated key list response, showing first " + shown + " of 100 keys");
  }

  private List<KeyReport> change() {
    List<KeyReport> reports = new ArrayList<>();
    rig.cluster.changeKey(KeyChange.INSTALL, SECOND, reports::add);
    return reports;
  }

  private void answer(String from, boolean result, String message) {
    QueryMessage question = rig.said(QueryMessage.class, 300).get(0);
    assertThat(question.name().utf8()).isEqualTo("_serf_install-key");
    KeyResponse response = new KeyResponse(result, Bytes.utf8(message), List.of(), Bytes.EMPTY);
    rig.hear(
        new QueryResponse(
            question.lamportTime(),
            question.id(),
            Bytes.utf8(from),
            0,
            Bytes.wrap(response.encode())));
  }

  @Test
  void reportsAsSoonAsAllHaveAnswered() {
    List<KeyReport> reports = change();
    answer("self", true, "");
    answer("b", true, "");
    assertThat(reports).isEmpty();
    answer("c", true, "");
    assertThat(reports).hasSize(1);
    assertThat(reports.get(0).complete()).isTrue();
    rig.time.pass(SECONDS.toNanos(5));
    assertThat(reports).hasSize(1);
  }

  @Test
  void reportsWhoFailedAndWhy() {
    List<KeyReport> reports = change();
    answer("self", true, "");
    answer("b", false, "no");
    answer("c", true, "");
    assertThat(reports.get(0).messages()).containsOnly(Map.entry("b", "no"));
    assertThat(reports.get(0).error()).isEqualTo("1/3 nodes reported failure");
  }

  @Test
  void reportsWhoWasSilentWhenTheTimeIsOver() {
    List<KeyReport> reports = change();
    answer("b", true, "");
    rig.time.pass(SECONDS.toNanos(5));
    assertThat(reports).hasSize(1);
    assertThat(reports.get(0).error()).isEqualTo("1/3 nodes reported success");
  }
}
