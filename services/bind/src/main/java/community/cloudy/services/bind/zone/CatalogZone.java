package community.cloudy.services.bind.zone;

import community.cloudy.services.bind.settings.View;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;

/** Makes the zone that tells secondaries which zones there are (RFC 9432). */
final class CatalogZone {
  private static final Name INVALID = Records.below("invalid", Name.root);

  private CatalogZone() {}

  /** Returns the zone {@code name} with all of {@code members}. */
  static Zone.Primary of(Name name, List<Name> members) {
    long ttl = Records.TTL.toSeconds();
    List<Record> records = new ArrayList<>();
    records.add(Records.text(Records.below("version", name), ttl, List.of("2")));
    Name list = Records.below("zones", name);
    for (Name member : members) {
      records.add(new PTRRecord(Records.below(hash(member), list), DClass.IN, ttl, member));
    }
    return new Zone.Primary(
        name, View.INTERNAL, "catalog", List.of(INVALID), INVALID, records, 0, false);
  }

  /** A label for each member that is its own as long as the member stays (section 4.1). */
  private static String hash(Name member) {
    try {
      byte[] wire = member.toWireCanonical();
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(wire));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
