package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks at the devices whose traffic and latency this node measures. */
@Command(
    name = "graphs",
    description = "Looks at the devices that this node measures (the module graphs).",
    synopsisSubcommandLabel = "[list|show|add|test|import|export|refresh]")
final class GraphsCommand implements Runnable {
  private static final String PATH = "/v1/modules/graphs";
  private static final String DEVICES = PATH + "/devices";
  private static final int BARS = 60;

  private final Cloudy cloudy;

  GraphsCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    list();
  }

  @Command(name = "list", description = "Lists the devices, and whether they answer.")
  void list() {
    print(cloudy.client().get(DEVICES));
  }

  private void print(JsonNode answer) {
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("DEVICE", "TITLE", "ADDRESS", "PING", "SNMP", "PORTS");
    for (JsonNode device : answer.path("devices")) {
      table.add(
          device.path("id").asText(),
          device.path("title").asText(),
          device.path("address").asText(),
          ping(device.path("ping")),
          device.path("snmp").path("condition").asText(),
          String.valueOf(device.path("ports").size()));
    }
    table.print(cloudy.out());
    for (JsonNode source : answer.path("sources")) {
      if (source.has("problem")) {
        cloudy.err().println(source.path("name").asText() + ": " + source.path("problem").asText());
      }
    }
  }

  private static String ping(JsonNode ping) {
    if (ping.isMissingNode()) {
      return "";
    }
    return ping.has("latency")
        ? "%.1f ms, %.0f %% lost"
            .formatted(ping.path("latency").asDouble(), ping.path("loss").asDouble())
        : "no answer";
  }

  @Command(name = "show", description = "Tells how a device is, with the last day drawn.")
  void show(
      @Parameters(paramLabel = "DEVICE", description = "Its id.") String id,
      @Option(
              names = "--hours",
              paramLabel = "HOURS",
              description = "How much of the past.",
              defaultValue = "24")
          int hours) {
    JsonNode device = cloudy.client().get(device(id).toString());
    if (cloudy.wantsJson()) {
      cloudy.printJson(device);
      return;
    }
    cloudy.out().println(device.path("title").asText() + " " + device.path("address").asText());
    JsonNode snmp = device.path("snmp");
    if (!snmp.isMissingNode()) {
      String why = snmp.path("why").asText();
      cloudy
          .out()
          .println("SNMP: " + snmp.path("condition").asText() + (why.isEmpty() ? "" : ", " + why));
    }
    cloudy.out().println("Ping: " + ping(device.path("ping")));
    draw("  answer", series(id, "ping", 0, hours), 1, "");
    for (JsonNode port : device.path("ports")) {
      String name = port.path("name").asText(port.path("title").asText());
      int number = port.path("port").asInt();
      Optional<JsonNode> traffic = series(id, "traffic", number, hours);
      draw("  %s in".formatted(name), traffic, 0, rate(port.path("in")));
      draw("  %s out".formatted(name), traffic, 1, rate(port.path("out")));
    }
  }

  private static RequestPath device(String id) {
    return new RequestPath(DEVICES).at(id);
  }

  private static String rate(JsonNode bytes) {
    return bytes.isNumber() ? figure(bytes.asDouble() * 8) + "bit/s" : "";
  }

  private void draw(String title, Optional<JsonNode> series, int which, String now) {
    series
        .map(all -> all.path(which).path("values"))
        .ifPresent(
            values ->
                cloudy
                    .out()
                    .println("%-20s %s %s".formatted(title, Sparkline.of(values, BARS), now)));
  }

  /** What was never measured is left out. */
  private Optional<JsonNode> series(String id, String measure, int port, int hours) {
    RequestPath path =
        new RequestPath(device(id) + "/series")
            .with("measure", List.of(measure))
            .with("port", List.of(String.valueOf(port)))
            .with("from", List.of(String.valueOf(-3600L * hours)));
    try {
      return Optional.of(cloudy.client().get(path.toString()).path("series"));
    } catch (CliException e) {
      return Optional.empty();
    }
  }

  private static String figure(double value) {
    String[] sizes = {"", "k", "M", "G", "T"};
    int size = 0;
    double rest = value;
    while (rest >= 1000 && size < sizes.length - 1) {
      rest /= 1000;
      size++;
    }
    return String.format(Locale.ROOT, rest < 10 ? "%.1f %s" : "%.0f %s", rest, sizes[size]);
  }

  @Command(name = "add", description = "Watches a device, which is written to the configuration.")
  void add(
      @Parameters(paramLabel = "DEVICE", description = "Its id, which names its files.") String id,
      @Parameters(paramLabel = "ADDRESS", description = "Where it is asked.") String address,
      @Option(names = "--title", paramLabel = "TEXT", description = "For people.") String title,
      @Option(
              names = "--credential",
              paramLabel = "NAME",
              description = "What it is asked with; without it, it is only pinged.")
          String credential,
      @Option(
              names = "--port",
              paramLabel = "IFNAME",
              description = "An interface to measure; may be repeated. Without it all are.")
          List<String> ports) {
    JsonNode config = cloudy.client().get(PATH + "/config");
    ObjectNode wanted = (ObjectNode) config.deepCopy();
    ArrayNode devices = wanted.withArray("/devices");
    ObjectNode device = devices.addObject().put("id", id).put("address", address);
    Optional.ofNullable(title).ifPresent(text -> device.put("title", text));
    Optional.ofNullable(credential).ifPresent(name -> device.put("credential", name));
    if (ports != null) {
      ArrayNode names = device.putArray("ports");
      ports.forEach(names::add);
    }
    JsonNode answer = cloudy.client().put(PATH + "/config", wanted);
    String next =
        !answer.path("enabled").asBoolean()
            ? "%s is watched once the module is on: cloudy module enable graphs"
            : credential == null
                ? "Pinging %s. See how it answers with: cloudy graphs show %<s"
                : "Watching %s. Try it with: cloudy graphs test %<s";
    cloudy.print(answer, next.formatted(id));
  }

  @Command(name = "test", description = "Looks at a device now, step by step.")
  void test(@Parameters(paramLabel = "DEVICE", description = "Its id.") String id) {
    JsonNode answer = cloudy.client().post(device(id) + "/test", Json.object());
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
    } else {
      Table table = new Table("STEP", "", "FOUND");
      for (JsonNode step : answer.path("steps")) {
        table.add(
            step.path("what").asText(),
            step.path("ok").asBoolean() ? "ok" : "not ok",
            step.path("found").asText());
      }
      table.print(cloudy.out());
    }
    for (JsonNode step : answer.path("steps")) {
      if (!step.path("ok").asBoolean()) {
        throw new CliException(Cloudy.FAILED, step.path("found").asText());
      }
    }
  }

  @Command(name = "refresh", description = "Looks for devices in all sources now.")
  void refresh() {
    print(cloudy.client().post(PATH + "/refresh", Json.object()));
  }

  @Command(name = "import", description = "Takes over the measurements of an snpservices.")
  void importFrom(
      @Parameters(
              paramLabel = "FOLDER",
              defaultValue = "/var/lib/snpservices/rrdb",
              description = "Of this machine; if none is named: ${DEFAULT-VALUE}")
          String folder) {
    JsonNode answer = cloudy.client().post(PATH + "/import", Json.object().put("folder", folder));
    answer.path("left").forEach(left -> cloudy.err().println(left.asText()));
    cloudy.print(answer, "Took over %d files.".formatted(answer.path("taken").asInt()));
  }

  @Command(
      name = "export",
      description = "Prints what was measured of a device, as CSV or as rrdtool dumps it.")
  void export(
      @Parameters(paramLabel = "DEVICE", description = "Its id.") String id,
      @Option(
              names = "--traffic",
              paramLabel = "PORT",
              description = "Traffic of the port of that number, instead of ping.")
          Integer port,
      @Option(
              names = "--days",
              paramLabel = "DAYS",
              description = "How much of the past, as CSV.",
              defaultValue = "30")
          int days,
      @Option(names = "--xml", description = "All of it, for rrdtool restore.") boolean xml) {
    String file = id + (port == null ? "_ping.rrd" : "-" + port + "_traf.rrd");
    RequestPath csv =
        new RequestPath(device(id) + "/csv")
            .with("measure", List.of(port == null ? "ping" : "traffic"))
            .with("port", List.of(String.valueOf(port == null ? 0 : port)))
            .with("points", List.of("4000"))
            .with("from", List.of(String.valueOf(-86_400L * days)));
    String path = xml ? new RequestPath(PATH + "/files").at(file).toString() : csv.toString();
    cloudy.out().print(cloudy.client().text(path));
    cloudy.out().flush();
  }
}
