package community.cloudy.services.graphs.snmp;

import org.snmp4j.smi.OID;

/** The objects that devices are asked for. */
final class Oids {
  // SNMPv2-MIB, RFC 3418.
  static final OID UPTIME = new OID("1.3.6.1.2.1.1.3.0");
  static final OID SYSTEM_NAME = new OID("1.3.6.1.2.1.1.5.0");

  // IF-MIB, RFC 2863: ifNumber, the columns of ifTable, then those of ifXTable.
  static final OID IF_NUMBER = new OID("1.3.6.1.2.1.2.1.0");
  static final OID IF_DESCRIPTION = new OID("1.3.6.1.2.1.2.2.1.2");
  static final OID IF_TYPE = new OID("1.3.6.1.2.1.2.2.1.3");
  static final OID IF_SPEED = new OID("1.3.6.1.2.1.2.2.1.5");
  static final OID IF_STATUS = new OID("1.3.6.1.2.1.2.2.1.8");
  static final OID IF_IN = new OID("1.3.6.1.2.1.2.2.1.10");
  static final OID IF_OUT = new OID("1.3.6.1.2.1.2.2.1.16");
  static final OID IF_NAME = new OID("1.3.6.1.2.1.31.1.1.1.1");
  static final OID IF_WIDE_IN = new OID("1.3.6.1.2.1.31.1.1.1.6");
  static final OID IF_WIDE_OUT = new OID("1.3.6.1.2.1.31.1.1.1.10");
  static final OID IF_HIGH_SPEED = new OID("1.3.6.1.2.1.31.1.1.1.15");
  static final OID IF_ALIAS = new OID("1.3.6.1.2.1.31.1.1.1.18");

  // MIKROTIK-MIB: mtxrWlStatStrength and mtxrWlApClientCount, by ifIndex.
  static final OID MIKROTIK_SIGNAL = new OID("1.3.6.1.4.1.14988.1.1.1.1.1.4");
  static final OID MIKROTIK_CLIENTS = new OID("1.3.6.1.4.1.14988.1.1.1.3.1.6");

  // UBNT-AirMAX-MIB: ubntWlStatSignal and ubntWlStatStaCount, by the number of the radio.
  static final OID AIROS_SIGNAL = new OID("1.3.6.1.4.1.41112.1.4.5.1.5");
  static final OID AIROS_CLIENTS = new OID("1.3.6.1.4.1.41112.1.4.5.1.15");

  private Oids() {}

  static OID at(OID column, int index) {
    return new OID(column).append(index);
  }
}
