package community.cloudy.services.graphs.snmp;

import community.cloudy.gossip.discovery.store.SafeFile;
import community.cloudy.services.graphs.settings.CredentialSettings;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.snmp4j.CommunityTarget;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.PDU;
import org.snmp4j.SNMP4JSettings;
import org.snmp4j.ScopedPDU;
import org.snmp4j.Snmp;
import org.snmp4j.Target;
import org.snmp4j.UserTarget;
import org.snmp4j.mp.MPv2c;
import org.snmp4j.mp.MPv3;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.security.AuthHMAC128SHA224;
import org.snmp4j.security.AuthHMAC192SHA256;
import org.snmp4j.security.AuthHMAC256SHA384;
import org.snmp4j.security.AuthHMAC384SHA512;
import org.snmp4j.security.AuthMD5;
import org.snmp4j.security.AuthSHA;
import org.snmp4j.security.PrivAES128;
import org.snmp4j.security.PrivAES192;
import org.snmp4j.security.PrivAES256;
import org.snmp4j.security.PrivDES;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.USM;
import org.snmp4j.security.UsmUser;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.VariableBinding;

/** A credential with its secrets, and a socket of its own for those asked with it. */
final class Channel implements Closeable {
  private static final int MAX_SECRET = 1024;

  /** What a device may send at most: what a datagram holds. */
  private static final int MAX_MESSAGE = 65_507;

  static {
    // Why a device refuses a password comes unsigned, as the password is what is wrong.
    SNMP4JSettings.setReportSecurityLevelStrategy(
        SNMP4JSettings.ReportSecurityLevelStrategy.noAuthNoPrivIfNeeded);
  }

  private final CredentialSettings settings;
  private final OctetString securityName;
  private final Snmp snmp;
  private final Door door;
  private final Set<UdpAddress> understood = ConcurrentHashMap.newKeySet();

  /**
   * Reads the secrets and opens the socket.
   *
   * @throws IOException if a secret cannot be read or used; the message holds none
   */
  Channel(CredentialSettings settings) throws IOException {
    this.settings = settings;
    MessageDispatcherImpl dispatcher = new MessageDispatcherImpl();
    if (settings.version().equals("3")) {
      securityName = new OctetString(settings.user().orElseThrow());
      dispatcher.addMessageProcessingModel(new MPv3(usm()));
    } else {
      Optional<Path> file = settings.communityFile();
      securityName = file.isPresent() ? secret(file.get()) : new OctetString("public");
      dispatcher.addMessageProcessingModel(new MPv2c());
    }
    door = new Door();
    snmp = new Snmp(dispatcher, door);
    snmp.listen();
  }

  private USM usm() throws IOException {
    SecurityProtocols protocols =
        new SecurityProtocols(SecurityProtocols.SecurityProtocolSet.maxCompatibility);
    USM usm = new USM(protocols, new OctetString(MPv3.createLocalEngineID()), 0);
    Optional<Path> auth = settings.authPasswordFile();
    Optional<Path> priv = settings.privPasswordFile();
    try {
      usm.addUser(
          new UsmUser(
              securityName,
              auth.isPresent() ? authProtocol() : null,
              auth.isPresent() ? secret(auth.get()) : null,
              priv.isPresent() ? privProtocol() : null,
              priv.isPresent() ? secret(priv.get()) : null));
    } catch (IllegalArgumentException e) {
      throw new IOException("a password of SNMP version 3 must have at least 8 characters", e);
    }
    return usm;
  }

  private static OctetString secret(Path file) throws IOException {
    String text;
    try {
      text = new String(SafeFile.read(file, MAX_SECRET), StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException e) {
      throw new IOException("the file " + file + " cannot be read: " + e.getMessage(), e);
    }
    if (text.isEmpty()) {
      throw new IOException("the file " + file + " is empty");
    }
    return new OctetString(text.getBytes(StandardCharsets.UTF_8));
  }

  private OID authProtocol() {
    return switch (settings.auth()) {
      case MD5 -> AuthMD5.ID;
      case SHA1 -> AuthSHA.ID;
      case SHA224 -> AuthHMAC128SHA224.ID;
      case SHA256 -> AuthHMAC192SHA256.ID;
      case SHA384 -> AuthHMAC256SHA384.ID;
      case SHA512 -> AuthHMAC384SHA512.ID;
    };
  }

  private OID privProtocol() {
    return switch (settings.priv()) {
      case DES -> PrivDES.ID;
      case AES128 -> PrivAES128.ID;
      case AES192 -> PrivAES192.ID;
      case AES256 -> PrivAES256.ID;
    };
  }

  Snmp snmp() {
    return snmp;
  }

  Door door() {
    return door;
  }

  /** Returns where a device at an address is asked, once and as often again as said. */
  Target<UdpAddress> target(InetAddress address, long millis, int retries) {
    UdpAddress udp = new UdpAddress(address, settings.port());
    Target<UdpAddress> target;
    if (settings.version().equals("3")) {
      target = new UserTarget<>(udp, securityName, new byte[0], level());
      target.setVersion(SnmpConstants.version3);
    } else {
      target = new CommunityTarget<>(udp, securityName);
      target.setVersion(SnmpConstants.version2c);
    }
    target.setTimeout(millis);
    target.setRetries(retries);
    target.setMaxSizeRequestPDU(MAX_MESSAGE);
    return target;
  }

  private int level() {
    return settings.privPasswordFile().isPresent()
        ? SecurityLevel.AUTH_PRIV
        : settings.authPasswordFile().isPresent()
            ? SecurityLevel.AUTH_NOPRIV
            : SecurityLevel.NOAUTH_NOPRIV;
  }

  /** A device answered, so it uses the same keys. */
  void understands(UdpAddress address) {
    understood.add(address);
  }

  /**
   * Tells whether a device says who it is but never answered anything. What it cannot decrypt it
   * may drop without a word.
   */
  boolean isDeafTo(UdpAddress address) {
    return settings.privPasswordFile().isPresent()
        && !understood.contains(address)
        && snmp.getMessageProcessingModel(MPv3.ID) instanceof MPv3 model
        && model.getEngineID(address) != null;
  }

  /** Returns the message for a question. */
  PDU message(Question question) {
    PDU pdu;
    if (settings.version().equals("3")) {
      ScopedPDU scoped = new ScopedPDU();
      settings.context().ifPresent(name -> scoped.setContextName(new OctetString(name)));
      pdu = scoped;
    } else {
      pdu = new PDU();
    }
    pdu.setType(question.repetitions() > 0 ? PDU.GETBULK : PDU.GET);
    if (question.repetitions() > 0) {
      pdu.setMaxRepetitions(question.repetitions());
    }
    List<VariableBinding> bindings = question.oids().stream().map(VariableBinding::new).toList();
    pdu.addAll(bindings);
    return pdu;
  }

  @Override
  public void close() {
    try {
      snmp.close();
    } catch (IOException e) {
      // It is as closed as it can be.
    }
  }
}
