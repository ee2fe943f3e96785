package community.cloudy.services.graphs.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.services.graphs.store.Answers;
import community.cloudy.services.graphs.store.FileName;
import community.cloudy.services.graphs.store.Series;
import community.cloudy.services.graphs.store.Store;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Shows series and figures of them. May be used from any thread. */
public final class Views {
  private static final double P95 = 0.95;

  private final Store store;

  /** Makes one of a store. */
  public Views(Store store) {
    this.store = store;
  }

  /** Returns the values of a measure; empty if there is no file of it. */
  private Optional<Series> series(Measure measure, String device, int port, Range range)
      throws IOException {
    FileName name = measure.file(device, port);
    Optional<Series> finest = store.finest(name, range.from(), range.to(), range.resolution());
    return finest.isPresent() && finest.get().size() > Range.MAX_POINTS
        ? store.averages(name, range.from(), range.to(), range.resolution())
        : finest;
  }

  /**
   * Returns a measure as {@code {from, to, step, series: [{name, unit, values}]}}, with times in
   * seconds since 1970. The value at place n holds until {@code from + (n + 1) * step}; an unknown
   * one is null.
   *
   * @param port the port's number, if the measure is of ports
   * @return empty if nothing was ever measured
   */
  public Optional<ObjectNode> json(Measure measure, String device, int port, Range range)
      throws IOException {
    return series(measure, device, port, range).map(series -> json(measure, series));
  }

  private static ObjectNode json(Measure measure, Series series) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("from", series.from()).put("to", series.to()).put("step", series.step());
    ArrayNode list = json.putArray("series");
    for (int name = 0; name < measure.names().size(); name++) {
      ObjectNode one = list.addObject();
      one.put("name", measure.names().get(name)).put("unit", measure.units().get(name));
      ArrayNode values = one.putArray("values");
      for (double value : series.values(name)) {
        add(values, value);
      }
    }
    return json;
  }

  private static void add(ArrayNode values, double value) {
    if (Double.isFinite(value)) {
      values.add(value);
    } else {
      values.addNull();
    }
  }

  /**
   * Returns a measure as CSV (RFC 4180): the time until which values hold, and the values, which
   * are empty where unknown. As {@link #json} otherwise.
   */
  public Optional<String> csv(Measure measure, String device, int port, Range range)
      throws IOException {
    return series(measure, device, port, range).map(series -> csv(measure, series));
  }

  private static String csv(Measure measure, Series series) {
    StringBuilder csv = new StringBuilder("time");
    measure.names().forEach(name -> csv.append(',').append(name));
    csv.append("\r\n");
    for (int i = 0; i < series.size(); i++) {
      csv.append(Instant.ofEpochSecond(series.time(i)));
      for (int name = 0; name < measure.names().size(); name++) {
        double value = series.value(name, i);
        csv.append(',').append(Double.isFinite(value) ? String.valueOf(value) : "");
      }
      csv.append("\r\n");
    }
    return csv.toString();
  }

  /**
   * Returns figures of a device: {@code {samples, availability, latency: {mean, max}, ports:
   * [{port, in: {mean, max, p95, total}, out: …}]}}: percent, ms, bytes a second and bytes. What is
   * unknown is left out.
   */
  public ObjectNode figures(String device, Range range) throws IOException {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Answers answers = series(Measure.PING, device, 0, range).map(Answers::of).orElse(Answers.NONE);
    json.put("samples", answers.samples());
    if (answers.samples() > 0) {
      json.put("availability", answers.share());
    }
    if (answers.lastOn().isPresent()) {
      json.putObject("latency").put("mean", answers.mean()).put("max", answers.max());
    }
    ArrayNode ports = json.putArray("ports");
    for (FileName name : store.list(device)) {
      if (name.kind() == FileName.Kind.TRAF) {
        Optional<Series> series = series(Measure.TRAFFIC, device, name.port(), range);
        if (series.isPresent()) {
          ObjectNode port = ports.addObject().put("port", name.port());
          rate(port, "in", series.get(), 0);
          rate(port, "out", series.get(), 1);
        }
      }
    }
    return json;
  }

  private static void rate(ObjectNode port, String direction, Series series, int name) {
    double[] known = Arrays.stream(series.values(name)).filter(Double::isFinite).toArray();
    if (known.length > 0) {
      port.putObject(direction)
          .put("mean", Arrays.stream(known).average().orElse(0))
          .put("max", Arrays.stream(known).max().orElse(0))
          .put("p95", series.percentile(name, P95))
          .put("total", series.total(name));
    }
  }
}
