package community.cloudy.services.graphs.picture;

import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.model.Inventory;
import community.cloudy.services.graphs.model.Port;
import community.cloudy.services.graphs.picture.Language.Word;
import community.cloudy.services.graphs.picture.Trace.Look;
import community.cloudy.services.graphs.picture.Wish.Direction;
import community.cloudy.services.graphs.store.Answers;
import community.cloudy.services.graphs.store.FileName;
import community.cloudy.services.graphs.store.Series;
import community.cloudy.services.graphs.store.Store;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Makes charts of what is in the store, for one wish. */
final class Charts {
  private static final int PANELS = 1200;
  private static final int BITS = 8;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm", Locale.ROOT);

  private final Store store;
  private final Inventory inventory;
  private final Wish wish;
  private final Theme theme;
  private final Language language;
  private final boolean legacy;
  private final ZoneId zone;

  /** By device; once it was needed. */
  private Optional<Map<String, List<FileName>>> files = Optional.empty();

  Charts(Store store, Inventory inventory, Wish wish, ZoneId zone) {
    this.zone = zone;
    this.store = store;
    this.inventory = inventory;
    this.wish = wish;
    this.theme = wish.look().theme();
    this.language = wish.look().language();
    this.legacy = wish.look().legacy();
  }

  /** Returns what to draw, from above to below; at least one. */
  List<Chart> all() throws IOException {
    return switch (wish.kind()) {
      case PINGS -> List.of(pings(device()));
      case TRAFFIC -> List.of(traffic(device(), port(device())));
      case WIRELESS -> List.of(wireless(device(), port(device())));
      case DEVICE -> overview(device());
      case CLIENTS, SUPERNODE -> many();
    };
  }

  private Device device() {
    return inventory.device(wish.id()).orElseThrow(() -> missing("device", wish.id()));
  }

  private static ServiceException missing(String what, String id) {
    String shown = id.replaceAll("[^A-Za-z0-9-]", "?");
    return new ServiceException(
        Code.NOT_FOUND,
        "There is no " + what + " " + shown.substring(0, Math.min(40, shown.length())) + " here.");
  }

  static String name(Device device) {
    return device.title().isEmpty() ? device.id() : device.title();
  }

  private static String name(Port port) {
    return port.title().isEmpty() ? port.name().orElse("") : port.title();
  }

  private int port(Device device) throws IOException {
    if (wish.port().isPresent()) {
      return wish.port().getAsInt();
    }
    return ports(device).stream().findFirst().orElse(0);
  }

  /** Those it is said to have, else those there are files of. */
  private List<Integer> ports(Device device) throws IOException {
    if (!device.ports().isEmpty()) {
      return device.ports().stream().map(Port::number).toList();
    }
    if (files.isEmpty()) {
      files = Optional.of(store.list().stream().collect(Collectors.groupingBy(FileName::device)));
    }
    return files.get().getOrDefault(device.id(), List.of()).stream()
        .filter(name -> name.kind() == FileName.Kind.TRAF)
        .map(FileName::port)
        .sorted()
        .toList();
  }

  Optional<Series> series(FileName name) throws IOException {
    long resolution = Math.max(1, (wish.to() - wish.from()) / wish.width());
    return store.finest(name, wish.from(), wish.to(), resolution);
  }

  private Chart chart(String title, String axis, List<Trace> traces, List<String> notes) {
    return new Chart(title, axis, wish.from(), wish.to(), traces, OptionalDouble.empty(), notes);
  }

  private Chart pings(Device device) throws IOException {
    List<Trace> traces = new ArrayList<>();
    Optional<Series> found = series(FileName.ping(device.id()));
    if (found.isEmpty()) {
      return chart(name(device), "", traces, List.of());
    }
    Series series = found.get();
    if (legacy) {
      traces.add(new Trace("offline", Look.AREA, theme.loss(), Unit.PERCENT, series, 0, 1));
      traces.add(new Trace("latency", Look.LINE, theme.latency(), Unit.MILLIS, series, 1, 1));
      Answers answers = Answers.before(series, series.updated());
      String online = String.format(Locale.ROOT, "%.2f", answers.share());
      return chart(
          "device: " + name(device) + " -  ping latency - online (" + online + " %)",
          "latency (secs/1000)",
          traces,
          List.of(
              "Last offline: " + time(answers.lastOff()),
              " Last online: " + time(answers.lastOn())));
    }
    series(new FileName(device.id(), FileName.Kind.SMOKE, 0))
        .ifPresent(
            smoke ->
                traces.add(
                    new Trace(
                        say(Word.SMOKE), Look.BAND, theme.smoke(), Unit.MILLIS, smoke, 0, 1)));
    traces.add(
        0, new Trace(say(Word.LATENCY), Look.LINE, theme.latency(), Unit.MILLIS, series, 1, 1));
    traces.add(new Trace(say(Word.LOSS), Look.SHARE, theme.loss(), Unit.PERCENT, series, 0, 1));
    return chart(name(device) + " · ping", "ms", traces, List.of());
  }

  private String time(OptionalLong seconds) {
    return seconds.isPresent()
        ? TIME.format(Instant.ofEpochSecond(seconds.getAsLong()).atZone(zone))
        : "n/a";
  }

  private String say(Word word) {
    return language.say(word);
  }

  private Unit rate() {
    return wish.look().bytes() ? Unit.BYTES : Unit.BITS;
  }

  private String axis() {
    if (!legacy) {
      return rate().symbol();
    }
    return wish.look().bytes() ? "B/sec" : "bits/sec (bips)";
  }

  Trace rate(String name, Look look, int color, Series series, Direction direction) {
    int factor = wish.look().bytes() ? 1 : BITS;
    return new Trace(name, look, color, rate(), series, direction == Direction.IN ? 0 : 1, factor);
  }

  private Chart traffic(Device device, int port) throws IOException {
    Optional<Series> found = series(FileName.traffic(device.id(), port));
    String of = legacy ? "" : portName(device, port);
    String title = legacy ? "radio: " + name(device) + " - wLAN In & Out" : name(device) + of;
    if (found.isEmpty()) {
      return chart(title, axis(), List.of(), List.of());
    }
    Series series = found.get();
    String in = legacy ? name(device) + " In " : say(Word.IN);
    String out = legacy ? name(device) + " Out" : say(Word.OUT);
    List<Trace> traces =
        List.of(
            rate(in, Look.AREA, theme.in(), series, Direction.IN),
            rate(out, Look.LINE, theme.out(), series, Direction.OUT));
    double percentile =
        Math.max(series.percentile(0, 0.95), series.percentile(1, 0.95))
            * (wish.look().bytes() ? 1 : BITS);
    return new Chart(
        title,
        axis(),
        wish.from(),
        wish.to(),
        traces,
        legacy || Double.isNaN(percentile) ? OptionalDouble.empty() : OptionalDouble.of(percentile),
        List.of());
  }

  static Optional<String> portTitle(Device device, int port) {
    return device.ports().stream()
        .filter(p -> p.number() == port)
        .map(Charts::name)
        .filter(name -> !name.isEmpty())
        .findFirst();
  }

  static String portName(Device device, int port) {
    return " · " + portTitle(device, port).orElse(String.valueOf(port));
  }

  private Chart wireless(Device device, int port) throws IOException {
    Optional<Series> found = series(new FileName(device.id(), FileName.Kind.WIFI, port));
    List<Trace> traces = new ArrayList<>();
    found.ifPresent(
        series ->
            traces.add(
                new Trace(say(Word.SIGNAL), Look.LINE, theme.latency(), Unit.DBM, series, 0, 1)));
    return chart(name(device) + portName(device, port), "dBm", traces, List.of());
  }

  private List<Chart> overview(Device device) throws IOException {
    if (legacy) {
      return List.of(traffic(device, port(device)));
    }
    List<Chart> charts = new ArrayList<>(List.of(pings(device)));
    for (int port : ports(device)) {
      if ((charts.size() + 1) * wish.height() <= PANELS) {
        charts.add(traffic(device, port));
      }
    }
    return charts;
  }

  private List<Chart> many() throws IOException {
    if (wish.direction().isPresent()) {
      return List.of(many(wish.direction().get()));
    }
    List<Chart> charts = new ArrayList<>(List.of(many(Direction.IN)));
    if (2 * wish.height() <= PANELS) {
      charts.add(many(Direction.OUT));
    }
    return charts;
  }

  private Chart many(Direction direction) throws IOException {
    Crowd crowd = new Crowd(this, legacy, wish.most());
    String title;
    if (wish.kind() == Wish.Kind.SUPERNODE) {
      List<Device> devices = inventory.at(wish.id());
      if (devices.isEmpty()) {
        throw missing("node", wish.id());
      }
      String node = inventory.nodes().getOrDefault(wish.id(), wish.id());
      title = legacy ? "Supernode: " + node + " - wLANs " + word(direction) : node;
      for (Device device : devices) {
        crowd.add(device, ports(device), direction, devices.size() == 1);
      }
    } else {
      Device device = device();
      String other = word(direction.other());
      title =
          legacy
              ? "wLAN: " + name(device) + " (" + other + ") - links (" + word(direction) + ")"
              : name(device);
      crowd.add(device, ports(device), direction.other(), false);
      for (String client : device.clients()) {
        Optional<Device> linked = inventory.device(client);
        if (linked.isPresent()) {
          crowd.add(linked.get(), ports(linked.get()), direction, false);
        }
      }
    }
    return of(title, direction, crowd);
  }

  private Chart of(String title, Direction direction, Crowd crowd) {
    List<Trace> shown = crowd.largest(theme.many());
    if (!legacy) {
      String way = say(direction == Direction.IN ? Word.IN : Word.OUT);
      return chart(title + " · " + way, axis(), shown, List.of());
    }
    List<String> notes = new ArrayList<>(Collections.nCopies(shown.size(), ""));
    notes.add(String.format(Locale.ROOT, "TOTAL: %83s", Legacy.volume(crowd.total())));
    return chart(title, axis(), shown, notes);
  }

  private static String word(Direction direction) {
    return direction.name().toLowerCase(Locale.ROOT);
  }
}
