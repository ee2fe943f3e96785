package community.cloudy.services.bind.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/**
 * A zone that changes while it is served. What the server holds is read once and then known, as
 * long as every update has been confirmed; after any doubt it is read again. Used by one thread at
 * a time.
 */
public final class LiveZone {
  private static final int MAX_MESSAGE = 40_000;

  private final Name zone;
  private final Server server;
  private Optional<Set<Record>> held = Optional.empty();

  /** The server of the zone. */
  public interface Server {
    /** Returns all records of the zone. */
    List<Record> records() throws IOException;

    /** Makes an update, or throws. */
    void update(Update update) throws IOException;
  }

  /** Makes a zone of which nothing is known yet. */
  public LiveZone(Name zone, Server server) {
    this.zone = zone;
    this.server = server;
  }

  /** Doubts what the server holds: it has been started again, or others may have changed it. */
  public void doubt() {
    held = Optional.empty();
  }

  /**
   * Makes the zone hold {@code wanted}, besides what is at its top.
   *
   * @return how many records were added or taken away
   * @throws IOException if the server does not do it; it is as before or a part is done
   */
  public int become(Set<Record> wanted) throws IOException {
    Set<Record> now = held.isPresent() ? held.get() : read();
    held = Optional.empty();
    List<Update> updates = updates(now, wanted);
    for (Update update : updates) {
      server.update(update);
    }
    held = Optional.of(Set.copyOf(wanted));
    return updates.stream().mapToInt(update -> update.getSection(Section.UPDATE).size()).sum();
  }

  private Set<Record> read() throws IOException {
    Set<Record> records = new HashSet<>();
    for (Record record : server.records()) {
      boolean isTop = record.getName().equals(zone);
      if (!isTop || (record.getType() != Type.SOA && record.getType() != Type.NS)) {
        records.add(record);
      }
    }
    return records;
  }

  private List<Update> updates(Set<Record> now, Set<Record> wanted) {
    List<Record> changed = new ArrayList<>();
    now.stream().filter(record -> !wanted.contains(record)).forEach(changed::add);
    wanted.stream().filter(record -> !now.contains(record)).forEach(changed::add);
    // What changes at one name goes together, so that the name is never without an answer.
    changed.sort(Comparator.comparing(Record::getName));
    List<Update> updates = new ArrayList<>();
    int size = MAX_MESSAGE;
    for (Record record : changed) {
      size += record.toWireCanonical().length;
      if (size > MAX_MESSAGE) {
        updates.add(new Update(zone));
        size = 0;
      }
      Update update = updates.get(updates.size() - 1);
      if (wanted.contains(record)) {
        update.add(record);
      } else {
        update.delete(record);
      }
    }
    return updates;
  }
}
