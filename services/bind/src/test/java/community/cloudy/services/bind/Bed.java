package community.cloudy.services.bind;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.gossip.discovery.Announcement.Offer;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.Service;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.services.bind.settings.BindSettings;
import community.cloudy.services.spi.RunMode;
import community.cloudy.services.spi.TestCatalogue;
import community.cloudy.services.spi.TestContext;
import community.cloudy.services.spi.settings.Settings;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** A node of a test with a real named of its own, on free ports of loopback. */
final class Bed implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  final TestCatalogue catalogue = new TestCatalogue();
  final TestContext context;
  final int port = freePort();
  final int control = freePort();
  final int statistics = freePort();
  private final List<Bind> begun = new ArrayList<>();

  Bed(String node, Path folder) {
    context = new TestContext(node, "bind", folder, RunMode.PROCESS, catalogue);
  }

  static boolean isInstalled() {
    return Files.isExecutable(Path.of("/usr/sbin/named"));
  }

  /** Returns the settings with this node's ports, and with what is written in JSON besides. */
  BindSettings settings(String more) {
    try {
      ObjectNode json = (ObjectNode) JSON.readTree("{" + more.replace('\'', '"') + "}");
      json.put("port", json.path("port").asInt(port));
      json.put("control_port", control).put("statistics_port", statistics);
      json.put("dnssec", false).put("user", json.path("user").asText(me()));
      return Settings.bind(BindSettings.class, json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static String me() {
    return System.getProperty("user.name");
  }

  Bind start(BindSettings settings) {
    Bind bind = new BindModule().start(settings, context);
    begun.add(bind);
    return bind;
  }

  /** Returns what is answered: the outcome, or the values, sorted. */
  List<String> dig(String name, String type) {
    return dig(port, name, type);
  }

  /** A busy machine may lose a question: it is asked again, as every resolver does. */
  private static List<String> dig(int port, String name, String type) {
    List<String> answer = List.of();
    for (int i = 0; i < 3 && (i == 0 || answer.toString().contains("Timed out")); i++) {
      answer = digOnce(port, name, type);
    }
    return answer;
  }

  private static List<String> digOnce(int port, String name, String type) {
    try {
      SimpleResolver resolver = new SimpleResolver(InetAddress.getLoopbackAddress());
      resolver.setPort(port);
      resolver.setTimeout(Duration.ofSeconds(2));
      Record question = Record.newRecord(Name.fromString(name, Name.root), Type.value(type), 1);
      Message answer = resolver.send(Message.newQuery(question));
      List<Record> records = answer.getSection(Section.ANSWER);
      return records.isEmpty()
          ? List.of(Rcode.string(answer.getRcode()))
          : records.stream().map(Record::rdataToString).sorted().toList();
    } catch (IOException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  static Service service(String node, String id, String type, String address, Health.State state) {
    return service(node, id, type, address, state, Map.of());
  }

  static Service service(
      String node,
      String id,
      String type,
      String address,
      Health.State state,
      Map<String, String> attributes) {
    Offer offer =
        new Offer(
            type,
            "The " + id,
            "",
            List.of(new ServiceEndpoint("tcp", address, 8384, "")),
            new TreeMap<>(attributes),
            new Health(state, "the test says so"));
    return new Service(
        node,
        Optional.empty(),
        id,
        offer,
        Duration.ZERO,
        1,
        Service.Trust.PINNED,
        false,
        false,
        List.of());
  }

  static int freePort() {
    while (true) {
      try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
          DatagramSocket udp =
              new DatagramSocket(tcp.getLocalPort(), InetAddress.getLoopbackAddress())) {
        return udp.getLocalPort();
      } catch (IOException e) {
        // Somebody has the other half; try another.
      }
    }
  }

  @Override
  public void close() {
    begun.forEach(Bind::close);
    context.close();
  }
}
