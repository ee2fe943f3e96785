package community.cloudy.services.squid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.containers.process.Command;
import community.cloudy.services.spi.settings.Settings;
import community.cloudy.services.spi.settings.SettingsException;
import community.cloudy.services.squid.conf.SquidConf;
import community.cloudy.services.squid.conf.Surroundings;
import community.cloudy.services.squid.settings.SquidSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in a text: it is refused, or Squid reads the very lines we have written. */
final class InjectionIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> CORPUS =
      List.of(
          "a\nhttp_access allow all",
          "a\r\nhttp_access allow all",
          "a http_access allow all",
          "\"/etc/passwd\"",
          "'/etc/passwd'",
          "parameters(\"/etc/passwd\")",
          "a#b",
          "a\\",
          "a\\\nb",
          "a\0b",
          "-i",
          "-n",
          "--",
          "!all",
          "all",
          "${service_name}",
          "%>a",
          "a;b{c}",
          "10.0.0.0/0",
          "0/0",
          "::/0",
          "10.0.0.0/8 0.0.0.0/0",
          "1-65535",
          "80 443",
          "include /etc/passwd",
          "cn=a,dc=b\nallow",
          "cn=friends\",dc=b #",
          "cn=a\u2028http_access allow all,dc=b",
          "cn=a\u0085b,dc=c",
          ".example.org\tall",
          "a@b.example",
          "a".repeat(5000));

  private static final Map<String, String> PLACES =
      Map.ofEntries(
          Map.entry("listen", "{\"listen\":[X]}"),
          Map.entry("realm", "{\"realm\":X}"),
          Map.entry("contact", "{\"contact\":X}"),
          Map.entry("name_servers", "{\"name_servers\":[X]}"),
          Map.entry("user", "{\"user\":X}"),
          Map.entry("program", "{\"program\":X}"),
          Map.entry("networks", "{\"who\":{\"networks\":[X]}}"),
          Map.entry("logins", "{\"who\":{\"logins\":[X]}}"),
          Map.entry("groups", "{\"who\":{\"groups\":[X]}}"),
          Map.entry("allow", "{\"destinations\":{\"allow\":[X]}}"),
          Map.entry("deny", "{\"destinations\":{\"deny\":[X]}}"),
          Map.entry("ports", "{\"destinations\":{\"ports\":[X]}}"),
          Map.entry("connect_ports", "{\"destinations\":{\"connect_ports\":[X]}}"),
          Map.entry("own_ports", "{\"destinations\":{\"own_ports\":[X]}}"),
          Map.entry("parents", "{\"parents\":{\"count\":1,\"nodes\":[X]}}"),
          Map.entry("pool", "{\"pools\":[{\"each_kbps\":9,\"networks\":[X]}]}"),
          Map.entry("pool logins", "{\"pools\":[{\"each_kbps\":9,\"logins\":[X]}]}"),
          Map.entry("pool groups", "{\"pools\":[{\"each_kbps\":9,\"groups\":[X]}]}"));

  @TempDir Path temporary;

  @BeforeAll
  static void needs() {
    SquidFixture.needsSquid();
  }

  @Test
  void noTextOfThePersonOrTheCommunityCrossesALine() throws IOException {
    int written = 0;
    List<String> all = new ArrayList<>();
    for (Map.Entry<String, String> place : PLACES.entrySet()) {
      for (String text : CORPUS) {
        Optional<SquidSettings> settings = bound(place.getValue(), text);
        if (settings.isPresent()) {
          String conf = SquidConf.of(settings.get(), around(String.join("", CORPUS)));
          if (place.getKey().equals("allow") || conf.length() < 6000) {
            all.add(conf);
          }
          written++;
        }
      }
    }
    assertThat(written).isBetween(10, 200);
    for (String conf : Set.copyOf(all)) {
      readsBackAs(conf);
    }
  }

  private static Optional<SquidSettings> bound(String json, String text) throws IOException {
    ObjectNode node = (ObjectNode) JSON.readTree(json.replace("X", JSON.writeValueAsString(text)));
    try {
      return Optional.of(
          Settings.bind(SquidSettings.class, node.put("port", 3129).put("disk_mb", 10)));
    } catch (SettingsException e) {
      return Optional.empty();
    }
  }

  /** The names of nodes come from others. */
  private Surroundings around(String text) {
    return new Surroundings(
        text,
        temporary,
        temporary.resolve("door"),
        Optional.empty(),
        Path.of("/usr/bin/java"),
        temporary,
        List.of("10.1.2.3"),
        List.of("172.17.0.0/16"),
        List.of(new Surroundings.Parent(text, "10.9.9.9", 3128)),
        Optional.empty());
  }

  private void readsBackAs(String conf) throws IOException {
    Path file = Files.writeString(temporary.resolve("squid.conf"), conf);
    Command.Result result =
        Command.run(
            List.of("/usr/sbin/squid", "-k", "parse", "-f", file.toString(), "-n", "inject"),
            Map.of("PATH", "/usr/sbin:/usr/bin"),
            temporary,
            Duration.ofSeconds(20),
            1 << 16);
    List<String> read =
        result
            .errors()
            .lines()
            .filter(line -> line.contains("| Processing: "))
            .map(line -> line.substring(line.indexOf("| Processing: ") + 14))
            .toList();
    List<String> ours =
        conf.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    assertThat(result.exit()).as(conf + result.errors()).isZero();
    assertThat(read).isEqualTo(ours);
    assertThat(result.errors()).doesNotContain("(depth 1)");
  }
}
