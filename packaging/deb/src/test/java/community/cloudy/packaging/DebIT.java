package community.cloudy.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The package that the build has left, looked at with Debian's own tools. */
final class DebIT {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final String UNIT = "root/usr/lib/systemd/system/cloudy.service";

  @TempDir private Path folder;

  private static Path built() throws Exception {
    try (Stream<Path> files = Files.list(TARGET)) {
      return files.filter(file -> file.toString().endsWith("_all.deb")).findFirst().orElseThrow();
    }
  }

  private static String ok(String... argv) throws Exception {
    Shell ran = Shell.run(argv);
    assertThat(ran.exit()).as(String.join(" ", argv) + "\n" + ran.all()).isZero();
    return ran.out();
  }

  @Test
  void isTheSameBytesWhenBuiltAgain() throws Exception {
    Path tree = folder.resolve("tree");
    ok("cp", "-R", "../../agent/target/cloudy", tree.toString());
    ok("chmod", "-R", "go-rwx", tree.toString());
    String again =
        ok(
            "./build",
            tree.toString(),
            TARGET.resolve("pages").toString(),
            System.getProperty("version"),
            System.getProperty("time"),
            folder.toString());

    assertThat(Files.mismatch(built(), Path.of(again.strip()))).isEqualTo(-1);
  }

  @Test
  void holdsTheProgramAndWhatBelongsToIt() throws Exception {
    String contents = ok("dpkg-deb", "--contents", built().toString());

    assertThat(contents)
        .contains("./usr/bin/cloudy -> ../share/cloudy/bin/cloudy")
        .contains("./usr/share/cloudy/lib/cloudy-agent-")
        .contains("./usr/share/cloudy/lib/cloudy.jsa -> /var/cache/cloudy/cloudy.jsa")
        .contains("./usr/lib/systemd/system/cloudy.service")
        .contains("./etc/cloudy/cloudy.yaml")
        .contains("./usr/share/man/man1/cloudy-members.1.gz")
        .contains("./usr/share/bash-completion/completions/cloudy")
        .contains("./usr/share/doc/cloudy/examples/cloudy-alerts.yaml")
        .contains("./usr/share/doc/cloudy/tutorial.md")
        .contains("./usr/share/doc/cloudy/reference/configuration.md");
    assertThat(contents.lines()).allMatch(line -> line.contains(" root/root "));
    assertThat(contents.lines().filter(line -> line.contains("-all.jar"))).isEmpty();
  }

  @Test
  void keepsTheConfigurationOfItsOwner() throws Exception {
    assertThat(ok("dpkg-deb", "--info", built().toString(), "conffiles"))
        .isEqualTo("/etc/cloudy/cloudy.yaml\n");
  }

  @Test
  void saysWhatOfOthersIsInItAndByWhichLicence() throws Exception {
    ok("dpkg-deb", "-x", built().toString(), folder.toString());
    Path documents = folder.resolve("usr/share/doc/cloudy");

    assertThat(documents.resolve("third-party.txt"))
        .content()
        .contains("org.eclipse.jetty:jetty-server", "org.bouncycastle:bcprov-jdk18on", "preact")
        .contains("Copyright (c) 2015-present Jason Miller");
    assertThat(ok("gzip", "-dc", documents.resolve("sbom.cdx.json.gz").toString()))
        .contains("\"bomFormat\" : \"CycloneDX\"")
        .contains("pkg:npm/uplot@")
        .contains("pkg:maven/com.unboundid/unboundid-ldapsdk@");
  }

  @Test
  void isSignedSoThatAChangeShows() throws Exception {
    Path home = Files.createDirectory(folder.resolve("gnupg"));
    ok("chmod", "700", home.toString());
    String gpg = "export GNUPGHOME=" + home + "; ";
    ok(
        "sh",
        "-c",
        gpg + "gpg -q --batch --passphrase '' --quick-gen-key release@cloudy.test ed25519");
    Path release = Files.createDirectory(folder.resolve("release"));
    Files.copy(built(), release.resolve("cloudy.deb"));
    ok("sh", "-c", gpg + "../sign " + release + " release@cloudy.test");
    String check =
        gpg + "cd " + release + " && gpg --verify SHA256SUMS.asc && sha256sum -c SHA256SUMS";

    assertThat(ok("sh", "-c", check)).contains("cloudy.deb: OK");
    Files.writeString(release.resolve("cloudy.deb"), "other");
    assertThat(Shell.run("sh", "-c", check).exit()).isNotZero();
    Files.writeString(
        release.resolve("SHA256SUMS"),
        ok("sh", "-c", "cd " + release + " && sha256sum cloudy.deb"));
    assertThat(Shell.run("sh", "-c", check).exit()).isNotZero();
    ok("sh", "-c", gpg + "gpgconf --kill all");
  }

  @Test
  void passesLintian() throws Exception {
    Shell lintian = Shell.run("lintian", "--allow-root", "--fail-on", "error", built().toString());

    assertThat(lintian.exit()).as(lintian.all()).isZero();
  }

  @Test
  void confinesTheService() throws Exception {
    String unit = Files.readString(Path.of(UNIT));
    Path seen = folder.resolve("cloudy.service");
    Files.writeString(seen, unit.replace("/usr/bin/cloudy", "/bin/true"));
    Shell verified = Shell.run("systemd-analyze", "verify", "--man=no", seen.toString());
    assertThat(verified.exit()).as(verified.all()).isZero();
    assertThat(verified.err().lines().filter(line -> line.contains("cloudy.service"))).isEmpty();

    Shell security =
        Shell.run(
            "systemd-analyze", "security", "--offline=true", "--threshold=30", seen.toString());
    assertThat(security.exit()).as(security.all()).isZero();
  }

  @Test
  void scriptsAreForEveryShell() throws Exception {
    for (String script : List.of("preinst", "postinst", "prerm", "postrm")) {
      ok("dash", "-n", "debian/" + script);
    }
    for (String script :
        List.of("build", "../release", "../sign", "../site/build", "../install-test")) {
      ok("dash", "-n", script);
    }
    ok("dash", "-n", "../install-test.d/steps");
    ok("dash", "-n", "../install-test.d/tutorial");
  }

  @Test
  void refusesToGoBack() throws Exception {
    Shell back = Shell.run("sh", "debian/preinst", "upgrade", "2.0", "1.9");
    assertThat(back.exit()).isEqualTo(1);
    assertThat(back.err()).contains("Could not go back from cloudy 2.0 to 1.9", "apt-get remove");

    assertThat(Shell.run("sh", "debian/preinst", "upgrade", "0.1~snapshot", "0.1").exit()).isZero();
    assertThat(Shell.run("sh", "debian/preinst", "install").exit()).isZero();
  }
}
