package community.cloudy.agent.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.agent.config.AgentConfig;
import community.cloudy.agent.config.ConfigFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MigrationTest {
  @TempDir Path root;

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private static List<String> left(Findings findings) {
    return findings.notes().stream()
        .filter(note -> !note.carried())
        .map(note -> note.file().replaceAll(".*/", "") + " " + note.key())
        .toList();
  }

  @Test
  void findsNothingWhereNothingIs() {
    Findings findings = Migration.of(root);

    assertThat(findings.yaml()).isEqualTo("{}\n");
    assertThat(findings.notes()).isEmpty();
  }

  @Test
  void carriesTheCommunityAndTheProxyOverAsThisAgentReadsThem() throws IOException {
    write(
        "etc/avahi-ps-serf.conf",
        """
        SERF_RPC_ADDR=127.0.0.1:7373
        SERF_BIND=5000
        SERF_JOIN="10.139.40.22:5000"
        ADVERTISE_IP=10.1.2.3
        SERF_LOG='/var/log/serf.log'
        """);
    write(
        "etc/guifi-proxy3/config.sh",
        """
        #!/bin/sh
        base_url="http://guifi.net"
        node="12345"
        ldap_main="ldap.guifi.net"
        ldap_backup='ldap2.guifi.net'
        realm="guifi-proxy"
        manager="webmaster@example.org"
        language="Catalan"
        cache_size=2048
        cache_mem="100" # MB
        """);
    Findings findings = Migration.of(root);

    Path file = Files.writeString(root.resolve("cloudy.yaml"), findings.yaml());
    AgentConfig config = new ConfigFiles(Optional.of(file), List.of()).load();
    assertThat(config.gossip().bind().toString()).contains("5000");
    assertThat(config.auth().ldap().orElseThrow().servers()).hasSize(2);
    assertThat(findings.yaml())
        .contains("disk_mb: 2048")
        .contains("memory_mb: 100")
        .contains("proxy: 12345")
        .contains("contact: webmaster@example.org")
        .contains("advertise: 10.1.2.3:5000");
    assertThat(left(findings))
        .containsExactlyInAnyOrder(
            "avahi-ps-serf.conf SERF_LOG",
            "config.sh base_url",
            "config.sh language",
            "config.sh ");
  }

  @Test
  void carriesTheNameServerOverAndTellsWhatHasNoCounterpart() throws IOException {
    write(
        "etc/dnsservices/config.php",
        """
        <?php
        // The service's id
        $DNSGraphServerId = 4321;
        $DNSDataServer_url = "http://guifi.net"; // where from
        $master_dir='/etc/bind';
        $chroot = getenv("CHROOT");
        $other["x"] = "y";
        ?>
        """);
    write("etc/snpservices/config.php", "<?php\n$SNPGraphServerId = '99';\n$header = 'h';\n");
    write(
        "etc/cloudy/cloudy.conf",
        "PORT=\"7001\"\nBINDIP=\"0.0.0.0\"\nLOGIN=\"admin\"\nPASSWORD=\"0123456789abcdef\"\n");
    write("etc/cloudy/guifi.conf", "USERNAME=maria\nTOKEN=verysecrettoken\nNODEID=1\n");
    Findings findings = Migration.of(root);

    assertThat(findings.yaml())
        .contains("domains: http://guifi.net/guifi/cnml/4321/domains")
        .contains("listen: 127.0.0.1:7001")
        .doesNotContain("0123456789abcdef");
    assertThat(findings.notes().toString()).doesNotContain("verysecrettoken", "0123456789abcdef");
    assertThat(left(findings))
        .contains("config.php chroot", "config.php other", "config.php SNPGraphServerId")
        .contains("cloudy.conf BINDIP", "cloudy.conf PASSWORD", "guifi.conf TOKEN");
  }

  @Test
  void runsNothingAndTakesNoValueThatIsNotOfItsForm() throws IOException {
    Path canary = root.resolve("canary");
    write(
        "etc/guifi-proxy3/config.sh",
        "node=`touch "
            + canary
            + "`\nrealm=\"$(touch "
            + canary
            + ")\"\ncache_mem=\"1; touch "
            + canary
            + "\"\nmanager='a@b\"\nhttp_access allow all'\nldap_main=\"x y\"\n");
    Findings findings = Migration.of(root);

    assertThat(canary).doesNotExist();
    assertThat(findings.yaml()).isEqualTo("services:\n  squid:\n    enabled: true\n");
    assertThat(left(findings))
        .contains("config.sh node", "config.sh realm", "config.sh cache_mem", "config.sh manager");
  }

  @Test
  void makesComposeFilesOfTemplatesAndKeepsProjects() throws IOException {
    write(
        "etc/cloudy/docker/templates/etherpad.json",
        """
        {"appname": "Etherpad Lite", "image": "chorn/alpine-etherpad-sqlite:latest --quiet",
         "ports": "8080:80, 3000:3000, x", "options": {"ADMIN_PASS": "a$b"},
         "volumes": {"/srv/pad": "/data"}, "misc": "net:host", "arch": "amd64"}
        """);
    write("etc/cloudy/docker/templates/broken.json", "{");
    write("etc/cloudy/docker/templates/evil.json", "{\"appname\":\"e\",\"image\":\"-v /:/x\"}");
    write("etc/cloudy/docker-compose/projects/blog/docker-compose.yml", "services: {}\n");
    write("etc/cloudy/docker-compose/projects/Bad Name/docker-compose.yml", "services: {}\n");
    Findings findings = Migration.of(root);

    Map<String, String> stacks = findings.stacks();
    assertThat(stacks).containsOnlyKeys("etherpad-lite", "blog");
    assertThat(stacks.get("etherpad-lite"))
        .contains("image: chorn/alpine-etherpad-sqlite:latest")
        .contains("- --quiet")
        .contains("8080:80")
        .contains("ADMIN_PASS=a$$b")
        .contains("/srv/pad:/data");
    assertThat(left(findings))
        .contains("broken.json ", "evil.json ", "etherpad.json misc", "etherpad.json ports");
  }

  @Test
  void followsNoLinkAndReadsNoFileWithoutEnd() throws IOException {
    write("secret", "node=1\n");
    Files.createDirectories(root.resolve("etc/guifi-proxy3"));
    Files.createSymbolicLink(root.resolve("etc/guifi-proxy3/config.sh"), root.resolve("secret"));
    write("etc/avahi-ps-serf.conf", "#".repeat(300_000));
    Findings findings = Migration.of(root);

    assertThat(findings.yaml()).isEqualTo("{}\n");
    assertThat(left(findings)).containsExactly("avahi-ps-serf.conf ", "config.sh ");
  }
}
