package community.cloudy.services.graphs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.picture.Language;
import community.cloudy.services.graphs.picture.Theme;
import community.cloudy.services.graphs.picture.Wish;
import community.cloudy.services.graphs.store.FileName;
import community.cloudy.services.graphs.store.Imported;
import community.cloudy.services.graphs.view.Measure;
import community.cloudy.services.graphs.view.Prometheus;
import community.cloudy.services.graphs.view.Range;
import community.cloudy.services.spi.Access;
import community.cloudy.services.spi.Resource;
import community.cloudy.services.spi.Resource.Answer;
import community.cloudy.services.spi.Resource.Call;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What the graph server answers by REST. */
final class GraphResources {
  private static final String DEVICE = "/devices/{device}";
  private static final Set<String> RANGE = Set.of("measure", "port", "from", "to", "points");
  private static final Set<String> PICTURE =
      Set.of(
          "kind",
          "port",
          "direction",
          "from",
          "to",
          "width",
          "height",
          "format",
          "theme",
          "lang",
          "most");
  private static final int DAY = 86_400;
  private static final int USUAL_POINTS = 400;

  private GraphResources() {}

  static List<Resource<Graphs>> all() {
    return List.of(
        Resource.get(
            Access.VIEWER,
            "/devices",
            "Lists the devices that are watched, and where their list is from.",
            (graphs, call) -> Answer.json(GraphJson.devices(graphs))),
        Resource.get(
            Access.VIEWER,
            DEVICE,
            "Tells how a device is, and what was measured last.",
            (graphs, call) -> Answer.json(GraphJson.device(graphs, device(graphs, call)))),
        Resource.get(
            Access.VIEWER,
            DEVICE + "/series",
            RANGE,
            "Returns what was measured over a time; null is unknown.",
            (graphs, call) -> series(graphs, call)),
        Resource.get(
            Access.VIEWER,
            DEVICE + "/csv",
            RANGE,
            "Returns the same as a table.",
            (graphs, call) -> csv(graphs, call)),
        Resource.get(
            Access.VIEWER,
            DEVICE + "/figures",
            Set.of("from", "to"),
            "Returns availability, latency, and means, peaks and totals of traffic.",
            (graphs, call) ->
                kept(
                    () ->
                        Answer.json(
                            graphs
                                .views()
                                .figures(device(graphs, call).id(), range(graphs, call))))),
        Resource.get(
            Access.VIEWER,
            "/pictures/{id}",
            PICTURE,
            "Draws what was measured of a device, its clients or a node, as PNG or SVG.",
            GraphResources::picture),
        Resource.get(
            Access.VIEWER,
            "/prometheus",
            "Returns the last values of all devices in Prometheus' text format.",
            (graphs, call) ->
                kept(
                    () ->
                        Answer.text(
                            "text/plain; version=0.0.4; charset=utf-8",
                            Prometheus.text(
                                graphs.store(), graphs.watch().inventory().all(), now(graphs))))),
        Resource.get(
            Access.VIEWER,
            "/files/{file}",
            Set.of("format"),
            "Returns a file of measurements: as rrdtool dumps it (xml), or as it is (rrd).",
            GraphResources::file),
        Resource.change(
            "POST",
            Access.OPERATOR,
            DEVICE + "/test",
            "device.test",
            "Looks at a device now, step by step.",
            (graphs, call) ->
                Answer.json(GraphJson.steps(graphs.poller().test(device(graphs, call).id())))),
        Resource.change(
            "POST",
            Access.OPERATOR,
            "/refresh",
            "sources.read",
            "Looks for devices in all sources now.",
            (graphs, call) -> {
              graphs.refresh();
              return Answer.json(GraphJson.devices(graphs));
            }),
        Resource.change(
            "POST",
            Access.ADMIN,
            "/import",
            "files.import",
            "Takes over the measurements of an snpservices in a folder of this machine.",
            GraphResources::importFrom));
  }

  private static Device device(Graphs graphs, Call call) {
    return graphs
        .watch()
        .inventory()
        .device(call.at("device"))
        .orElseThrow(
            () ->
                new ServiceException(
                    Code.NOT_FOUND,
                    "No device of that id is watched. List them with: cloudy graphs list"));
  }

  private static long now(Graphs graphs) {
    return graphs.context().clock().instant().getEpochSecond();
  }

  /** Reads files; what is wrong with them is told. */
  private interface Reading {
    Answer read() throws IOException;
  }

  private static Answer kept(Reading reading) {
    try {
      return reading.read();
    } catch (IOException e) {
      throw new ServiceException(
          Code.FAILED, "Could not read what was measured: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new ServiceException(Code.INVALID, "The " + e.getMessage() + ".", e);
    }
  }

  private static Range range(Graphs graphs, Call call) {
    long now = now(graphs);
    long to = time(call, "to", now, now);
    return new Range(
        time(call, "from", to - DAY, now), to, (int) number(call, "points", USUAL_POINTS));
  }

  /** A time in seconds since 1970; zero or less counts from now. */
  private static long time(Call call, String name, long fallback, long now) {
    long value = number(call, name, fallback);
    return value <= 0 ? now + value : value;
  }

  private static long number(Call call, String name, long fallback) {
    String text = call.query().get(name);
    if (text == null) {
      return fallback;
    }
    if (!text.matches("-?[0-9]{1,12}")) {
      throw new ServiceException(Code.INVALID, name + " must be a whole number.");
    }
    return Long.parseLong(text);
  }

  private static <T extends Enum<T>> T choice(
      Call call, String name, Class<T> type, Optional<T> fallback) {
    String text = call.query().get(name);
    for (T one : type.getEnumConstants()) {
      if (one.name().toLowerCase(Locale.ROOT).equals(text)) {
        return one;
      }
    }
    if (text == null && fallback.isPresent()) {
      return fallback.get();
    }
    throw new ServiceException(
        Code.INVALID,
        "%s must be one of %s."
            .formatted(name, List.of(type.getEnumConstants()).toString().toLowerCase(Locale.ROOT)));
  }

  private static Answer series(Graphs graphs, Call call) {
    return kept(
        () ->
            graphs
                .views()
                .json(measure(call), device(graphs, call).id(), port(call), range(graphs, call))
                .map(Answer::json)
                .orElseThrow(GraphResources::nothing));
  }

  private static Answer csv(Graphs graphs, Call call) {
    return kept(
        () ->
            graphs
                .views()
                .csv(measure(call), device(graphs, call).id(), port(call), range(graphs, call))
                .map(csv -> Answer.text("text/csv; charset=utf-8", csv))
                .orElseThrow(GraphResources::nothing));
  }

  private static Measure measure(Call call) {
    return choice(call, "measure", Measure.class, Optional.of(Measure.PING));
  }

  private static int port(Call call) {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(0, number(call, "port", 0)));
  }

  private static ServiceException nothing() {
    return new ServiceException(Code.NOT_FOUND, "Nothing of it has been measured yet.");
  }

  private static Answer picture(Graphs graphs, Call call) {
    return kept(
        () -> {
          Range range = range(graphs, call);
          Wish.Format format =
              choice(call, "format", Wish.Format.class, Optional.of(Wish.Format.PNG));
          boolean dark = "dark".equals(call.query().get("theme"));
          Language language = choice(call, "lang", Language.class, Optional.of(Language.EN));
          Wish wish =
              new Wish(
                  choice(call, "kind", Wish.Kind.class, Optional.of(Wish.Kind.DEVICE)),
                  call.at("id"),
                  call.query().containsKey("port")
                      ? OptionalInt.of(port(call))
                      : OptionalInt.empty(),
                  call.query().containsKey("direction")
                      ? Optional.of(
                          choice(call, "direction", Wish.Direction.class, Optional.empty()))
                      : Optional.empty(),
                  range.from(),
                  range.to(),
                  (int) number(call, "width", 720),
                  (int) number(call, "height", 240),
                  (int) number(call, "most", 10),
                  Wish.Look.of(format, dark ? Theme.DARK : Theme.LIGHT, language));
          String type = format == Wish.Format.SVG ? "image/svg+xml" : "image/png";
          return Answer.bytes(type, graphs.pictures().draw(wish));
        });
  }

  private static Answer file(Graphs graphs, Call call) {
    FileName name =
        FileName.of(call.at("file"))
            .orElseThrow(
                () ->
                    new ServiceException(
                        Code.INVALID,
                        "A file is called such as 1234_ping.rrd or 1234-0_traf.rrd."));
    boolean asIs = "rrd".equals(call.query().get("format"));
    return kept(
        () -> {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          StringBuilder xml = new StringBuilder();
          boolean found =
              asIs ? graphs.store().export(name, bytes) : graphs.store().exportXml(name, xml);
          if (!found) {
            throw nothing();
          }
          return asIs
              ? Answer.bytes("application/x-rrd", bytes.toByteArray())
              : Answer.text("application/xml", xml.toString());
        });
  }

  private static Answer importFrom(Graphs graphs, Call call) {
    String folder = call.text("folder");
    if (!folder.startsWith("/")) {
      throw new ServiceException(
          Code.INVALID, "The folder must be given from / on, such as /var/lib/snpservices/rrdb.");
    }
    return kept(
        () -> {
          Imported imported = graphs.store().importFrom(Path.of(folder));
          ObjectNode json =
              JsonNodeFactory.instance.objectNode().put("taken", imported.taken().size());
          ArrayNode left = json.putArray("left");
          imported.left().forEach(left::add);
          return Answer.json(json);
        });
  }
}
