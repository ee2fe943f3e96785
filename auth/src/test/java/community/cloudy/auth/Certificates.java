package community.cloudy.auth;

import java.nio.file.Files;
import java.nio.file.Path;

/** A certificate authority of a test, and certificates it signed. */
final class Certificates {
  static final Path PROGRAM = Path.of("/usr/bin/openssl");

  private final Path folder;

  private Certificates(Path folder) {
    this.folder = folder;
  }

  /** Makes an authority in {@code folder}. */
  static Certificates authority(Path folder) throws Exception {
    Files.createDirectories(folder);
    Certificates authority = new Certificates(folder);
    authority.openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30"
            + " -subj /CN=Test-CA -keyout ca.key -out ca.pem");
    return authority;
  }

  /** Returns the authority's own certificate. */
  Path ca() {
    return folder.resolve("ca.pem");
  }

  /**
   * Returns a new certificate; its key is {@link #key}.
   *
   * @param names such as {@code IP:127.0.0.1}
   * @param days how long it is valid from now on; negative: since when it is not
   */
  Path sign(String name, String names, int days) throws Exception {
    Files.writeString(folder.resolve(name + ".ext"), "subjectAltName=" + names + "\n");
    openssl(
        "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=ldap -keyout "
            + name
            + ".key -out "
            + name
            + ".csr");
    openssl(
        "x509 -req -in %s.csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile %s.ext -days %d -out %s.pem"
            .formatted(name, name, days, name));
    return folder.resolve(name + ".pem");
  }

  /** Returns the key's file of a certificate's. */
  static Path key(Path certificate) {
    return certificate.resolveSibling(certificate.getFileName().toString().replace(".pem", ".key"));
  }

  private void openssl(String arguments) throws Exception {
    String[] words = (PROGRAM + " " + arguments).split(" ", -1);
    Exec.run(folder, words);
  }
}
