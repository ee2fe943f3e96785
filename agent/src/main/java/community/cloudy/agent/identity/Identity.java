package community.cloudy.agent.identity;

import community.cloudy.gossip.discovery.store.SafeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/**
 * Who this node is: a name and an Ed25519 key pair, made at the first start and kept for good.
 *
 * @param name unique in the community
 * @param privateKey never leaves the node
 * @param publicKey what others know it by
 */
public record Identity(String name, PrivateKey privateKey, PublicKey publicKey) {
  private static final int MAX_FILE = 4096;
  private static final String ALGORITHM = "Ed25519";

  /**
   * Reads the identity kept in {@code state}, or makes it there.
   *
   * @param wantedName the configured name; empty takes what there is
   * @param machineName the name at the first start, where none is configured
   * @throws StateException if the files are damaged or the wanted name is not the node's own
   */
  public static Identity of(StateFolder state, Optional<String> wantedName, String machineName) {
    Path folder = state.file("identity");
    try {
      SafeFile.createFolder(folder);
      String name = name(folder.resolve("node.name"), wantedName, machineName);
      Path keyFile = folder.resolve("node.key");
      // The public key is written last, so a first start that was cut short begins again.
      if (!Files.exists(folder.resolve("node.pub"))) {
        create(folder);
      }
      return read(name, keyFile, folder.resolve("node.pub"));
    } catch (IOException e) {
      throw new StateException(
          "Could not read or write the node's identity in %s: %s. Check the folder's owner."
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  private static String name(Path file, Optional<String> wanted, String machineName)
      throws IOException {
    if (!Files.exists(file)) {
      String name = wanted.orElse(machineName);
      SafeFile.write(file, utf8(name + "\n"), "rw-r--r--");
      return name;
    }
    String kept = read(file).strip();
    if (wanted.isPresent() && !wanted.get().equals(kept)) {
      throw new StateException(
          ("Could not start as %s: this node's name is %s since its first start, and others know it"
                  + " by that. Set node.name to %2$s, or give the new node its own folder with"
                  + " node.data.")
              .formatted(wanted.get(), kept));
    }
    return kept;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void create(Path folder) throws IOException {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      SafeFile.write(
          folder.resolve("node.key"),
          utf8(pem("PRIVATE KEY", pair.getPrivate().getEncoded())),
          "rw-------");
      SafeFile.write(
          folder.resolve("node.pub"),
          utf8(pem("PUBLIC KEY", pair.getPublic().getEncoded())),
          "rw-r--r--");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot make Ed25519 keys", e);
    }
  }

  private static Identity read(String name, Path keyFile, Path publicFile) throws IOException {
    try {
      KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
      PrivateKey key =
          factory.generatePrivate(new PKCS8EncodedKeySpec(der("PRIVATE KEY", read(keyFile))));
      PublicKey pub =
          factory.generatePublic(new X509EncodedKeySpec(der("PUBLIC KEY", read(publicFile))));
      if (!belongTogether(key, pub)) {
        throw new GeneralSecurityException("the two keys do not belong together");
      }
      return new Identity(name, key, pub);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new StateException(
          "Could not use the node's key in %s: %s. Put back a copy of node.key and node.pub."
              .formatted(keyFile, e.getMessage()),
          e);
    }
  }

  private static boolean belongTogether(PrivateKey key, PublicKey pub)
      throws GeneralSecurityException {
    byte[] sample = "cloudy".getBytes(StandardCharsets.US_ASCII);
    Signature signature = Signature.getInstance(ALGORITHM);
    signature.initSign(key);
    signature.update(sample);
    byte[] signed = signature.sign();
    signature.initVerify(pub);
    signature.update(sample);
    return signature.verify(signed);
  }

  private static String read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAX_FILE), StandardCharsets.UTF_8);
    }
  }

  private static String pem(String label, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }

  private static byte[] der(String label, String pem) {
    String begin = "-----BEGIN " + label + "-----";
    int from = pem.indexOf(begin);
    int to = pem.indexOf("-----END " + label + "-----");
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(
          "it is not a PEM file of a " + label.toLowerCase(java.util.Locale.ROOT));
    }
    return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
  }

  /** Returns SHA-256 of the public key's X.509 encoding, in lower-case hexadecimal. */
  public String fingerprint() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(publicKey.getEncoded());
      return java.util.HexFormat.of().formatHex(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "Identity[name=" + name + ", fingerprint=" + fingerprint() + "]";
  }
}
