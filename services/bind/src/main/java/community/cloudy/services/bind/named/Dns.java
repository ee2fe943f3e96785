package community.cloudy.services.bind.named;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;
import org.xbill.DNS.ZoneTransferException;
import org.xbill.DNS.ZoneTransferIn;

/**
 * Asks the named of this node, and sends it updates. May be used from any thread.
 *
 * @param port that it answers on
 * @param key signs all questions for zones, so that they are answered from the internal view
 */
public record Dns(int port, TSIG key) {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int MAX_TRANSFER = 500_000;

  /**
   * Tells whether the server that answers knows our key: a named of ours (RFC 8945).
   *
   * @throws IOException if none answers
   */
  public boolean isOurs() throws IOException {
    // Without recursion the root is answered at once, whatever named knows of it.
    Message query = Message.newQuery(Record.newRecord(Name.root, Type.SOA, DClass.IN));
    query.getHeader().unsetFlag(Flags.RD);
    SimpleResolver resolver = resolver();
    resolver.setTSIGKey(key);
    return resolver.send(query).isVerified();
  }

  /** Asks for the records of a name. */
  public Message ask(Name name, int type) throws IOException {
    SimpleResolver resolver = resolver();
    resolver.setTSIGKey(key);
    return resolver.send(Message.newQuery(Record.newRecord(name, type, DClass.IN)));
  }

  /** Returns the serial of a zone that it answers for; empty if it does not. */
  public Optional<Long> serial(Name zone) throws IOException {
    return ask(zone, Type.SOA).getSection(Section.ANSWER).stream()
        .filter(record -> record instanceof SOARecord && record.getName().equals(zone))
        .map(record -> ((SOARecord) record).getSerial())
        .findFirst();
  }

  /**
   * Sends an update.
   *
   * @throws IOException if it is not made, with the reason
   */
  public void update(Message update) throws IOException {
    SimpleResolver resolver = resolver();
    resolver.setTCP(true);
    resolver.setTSIGKey(key);
    int rcode = resolver.send(update).getRcode();
    if (rcode != Rcode.NOERROR) {
      throw new IOException("BIND answered " + Rcode.string(rcode));
    }
  }

  /**
   * Returns all records of a zone, its SOA once.
   *
   * @throws IOException if it may not be copied, or has too many
   */
  public List<Record> transfer(Name zone, TSIG holder) throws IOException {
    ZoneTransferIn transfer = ZoneTransferIn.newAXFR(zone, address(), holder);
    transfer.setTimeout(Duration.ofSeconds(30));
    List<Record> records = new ArrayList<>();
    try {
      transfer.run();
      for (Record record : transfer.getAXFR()) {
        if (records.size() >= MAX_TRANSFER) {
          throw new IOException("the zone has more than " + MAX_TRANSFER + " records");
        }
        records.add(record);
      }
    } catch (ZoneTransferException e) {
      throw new IOException("the zone cannot be copied: " + e.getMessage(), e);
    }
    records.remove(records.size() - 1);
    return records;
  }

  private SimpleResolver resolver() {
    SimpleResolver resolver = new SimpleResolver(address());
    resolver.setTimeout(PATIENCE);
    return resolver;
  }

  private InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
