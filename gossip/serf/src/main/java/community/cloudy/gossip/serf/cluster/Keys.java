package community.cloudy.gossip.serf.cluster;

import community.cloudy.gossip.serf.KeyReport;
import community.cloudy.gossip.serf.QueryListener;
import community.cloudy.gossip.serf.QueryRequest;
import community.cloudy.gossip.serf.QueryResponder;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.KeyRequest;
import community.cloudy.gossip.serf.wire.KeyResponse;
import community.cloudy.gossip.serf.wire.Keyring;
import community.cloudy.gossip.serf.wire.SerfMessage;
import community.cloudy.gossip.serf.wire.WireException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Manages the community's encryption keys by queries among its members (specification B8). */
final class Keys {
  static final String LIST = Queries.INTERNAL + "list-keys";
  static final String SUFFIX = "-key";

  /** What a query response adds around the list: at most a name of 255 bytes and its fields. */
  private static final int RESPONSE_OVERHEAD = 320;

  private static final Logger LOG = LoggerFactory.getLogger(Keys.class);

  private final Optional<Keyring> keyring;
  private final int responseSize;
  private final Consumer<List<Bytes>> changed;

  /**
   * Creates the manager of one node's keys.
   *
   * @param changed stores the keys, the primary one first; throws if it cannot
   */
  Keys(Optional<Keyring> keyring, int responseSize, Consumer<List<Bytes>> changed) {
    this.keyring = keyring;
    this.responseSize = responseSize;
    this.changed = changed;
  }

  boolean enabled() {
    return keyring.isPresent();
  }

  void asked(String name, Bytes payload, QueryResponder answer) {
    if (name.equals(LIST)) {
      answer.respond(list());
      return;
    }
    for (KeyChange verb : KeyChange.values()) {
      if (name.equals(verb.query())) {
        answer.respond(encode(change(verb, payload)));
      }
    }
  }

  private KeyResponse change(KeyChange verb, Bytes payload) {
    if (keyring.isEmpty()) {
      return failed("No keyring to modify (encryption not enabled)");
    }
    try {
      Keyring keys = keyring.get();
      Bytes key = read(payload);
      switch (verb) {
        case INSTALL -> keys.add(key);
        case USE -> keys.use(key);
        case REMOVE -> keys.remove(key);
      }
      changed.accept(keys.list());
      LOG.info("gossip key changed action={}", verb);
      return new KeyResponse(true, Bytes.EMPTY, List.of(), Bytes.EMPTY);
    } catch (WireException | RuntimeException e) {
      LOG.warn("gossip key not changed action={} reason={}", verb, e.getMessage());
      return failed(String.valueOf(e.getMessage()));
    }
  }

  private static Bytes read(Bytes payload) throws WireException {
    if (SerfMessage.decode(payload.array(), 0, payload.length()) instanceof KeyRequest request) {
      return request.key();
    }
    throw new WireException("the request holds no key");
  }

  private static KeyResponse failed(String message) {
    return new KeyResponse(false, Bytes.utf8(message), List.of(), Bytes.EMPTY);
  }

  private static Bytes encode(KeyResponse response) {
    return Bytes.wrap(response.encode());
  }

  /** Leaves room for the query response around the list. */
  private Bytes list() {
    if (keyring.isEmpty()) {
      return encode(failed("Keyring is empty (encryption not enabled)"));
    }
    List<Bytes> all = new ArrayList<>();
    keyring.get().list().forEach(key -> all.add(base64(key)));
    int shown = all.size();
    Bytes response = encode(new KeyResponse(true, Bytes.EMPTY, all, all.get(0)));
    while (response.length() > responseSize - RESPONSE_OVERHEAD && shown > 1) {
      shown--;
      String message =
          "truncated key list response, showing first " + shown + " of " + all.size() + " keys";
      response =
          encode(new KeyResponse(true, Bytes.utf8(message), all.subList(0, shown), all.get(0)));
    }
    return response;
  }

  private static Bytes base64(Bytes key) {
    return Bytes.utf8(Base64.getEncoder().encodeToString(key.array()));
  }

  /** Asks all members to change a key; {@code done} gets what they say. */
  void change(KeyChange verb, Bytes key, Queries queries, int members, Consumer<KeyReport> done) {
    Bytes payload = Bytes.wrap(new KeyRequest(key).encode());
    ask(verb.query(), payload, queries, members, done);
  }

  /** Asks all members which keys they have. */
  void list(Queries queries, int members, Consumer<KeyReport> done) {
    ask(LIST, Bytes.wrap(new KeyRequest(Bytes.EMPTY).encode()), queries, members, done);
  }

  private static void ask(
      String name, Bytes payload, Queries queries, int members, Consumer<KeyReport> done) {
    queries.ask(QueryRequest.of(name, payload), new Tally(members, done));
  }

  /** Counts answers until all members have given theirs or the time is over. */
  private static final class Tally implements QueryListener {
    private final int members;
    private final Consumer<KeyReport> done;
    private final Map<String, String> messages = new HashMap<>();
    private final Map<String, Integer> keys = new HashMap<>();
    private final Map<String, Integer> primaryKeys = new HashMap<>();
    private int responses;
    private int errors;
    private boolean reported;

    Tally(int members, Consumer<KeyReport> done) {
      this.members = members;
      this.done = done;
    }

    @Override
    public void acknowledged(String from) {}

    @Override
    public void answered(String from, Bytes payload) {
      responses++;
      try {
        count(from, payload);
      } catch (WireException e) {
        errors++;
        messages.put(from, "unreadable answer: " + e.getMessage());
      }
      if (responses == members) {
        finished();
      }
    }

    private void count(String from, Bytes payload) throws WireException {
      if (!(SerfMessage.decode(payload.array(), 0, payload.length())
          instanceof KeyResponse response)) {
        throw new WireException("it is no key response");
      }
      if (!response.result()) {
        errors++;
      }
      if (!response.message().isEmpty()) {
        messages.put(from, response.message().utf8());
      }
      response.keys().forEach(key -> keys.merge(key.utf8(), 1, Integer::sum));
      if (!response.primaryKey().isEmpty()) {
        primaryKeys.merge(response.primaryKey().utf8(), 1, Integer::sum);
      }
    }

    @Override
    public void finished() {
      if (!reported) {
        reported = true;
        done.accept(new KeyReport(members, responses, errors, messages, keys, primaryKeys));
      }
    }
  }
}
