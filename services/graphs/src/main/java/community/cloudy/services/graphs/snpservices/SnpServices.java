package community.cloudy.services.graphs.snpservices;

import community.cloudy.services.graphs.model.Inventory;
import community.cloudy.services.graphs.picture.Badge;
import community.cloudy.services.graphs.picture.Pictures;
import community.cloudy.services.graphs.picture.Wish;
import community.cloudy.services.graphs.store.Answers;
import community.cloudy.services.graphs.store.Store;
import community.cloudy.services.spi.ServiceException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Knows the services and their parameters. May be used from any thread. */
final class SnpServices {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,40}");
  private static final int HOUR = 3600;
  private static final int DAY = 86_400;
  private static final int WEEK = 7 * DAY;
  private static final int YEAR = 365 * DAY;
  private static final int RECENT = 300;
  private static final int MAX_WIDTH = 1893;
  private static final int MAX_HEIGHT = 900;
  private static final int CLIENTS = 10;
  private static final int MAX_CLIENTS = 62;

  private final Supplier<Inventory> inventory;
  private final Pictures pictures;
  private final Stats stats;
  private final Live live;
  private final InstantSource clock;
  private final SnpSettings settings;
  private final Semaphore counting = new Semaphore(1);

  SnpServices(
      Supplier<Inventory> inventory,
      Store store,
      Pictures pictures,
      Live live,
      InstantSource clock,
      SnpSettings settings) {
    this.inventory = inventory;
    this.pictures = pictures;
    this.stats = new Stats(store, settings.zone().id());
    this.live = live;
    this.clock = clock;
    this.settings = settings;
  }

  /** Answers. */
  Reply answer(Query query) {
    try {
      return switch (query.path()) {
        case "", "/", "/index.php" -> index(query);
        case "/graphs/graphs.php" -> graphs(query);
        case "/graphs/cnml2mrtgcsv.php" -> csv(query);
        case "/common/qnodes.php" -> nodes(query);
        default -> Reply.text(404, "ERROR: there is nothing here\n");
      };
    } catch (ServiceException e) {
      return switch (e.code()) {
        case UNAVAILABLE, MISSING -> Reply.text(503, "ERROR: " + e.getMessage() + "\n");
        default -> Reply.text(404, "ERROR: " + e.getMessage() + "\n");
      };
    } catch (IllegalArgumentException e) {
      return Reply.text(400, "ERROR: " + e.getMessage() + "\n");
    } catch (IOException e) {
      return Reply.text(500, "ERROR: " + e.getMessage() + "\n");
    }
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }

  private Reply index(Query query) throws IOException {
    Optional<String> call = query.text("call");
    if (call.isEmpty()) {
      return Reply.text("ERROR: No service specified\n" + Help.all());
    }
    String service = call.get();
    return switch (service) {
      case "version" -> Reply.text(Help.VERSION);
      case "help" -> Reply.text(Help.all());
      case "serverinfo" -> Reply.text(serverInfo());
      case "phpinfo" ->
          Reply.text(
              403,
              "ERROR: phpinfo is not answered: there is no PHP here, and how a server is set up is"
                  + " not for everybody\n");
      default -> known(service, query);
    };
  }

  private Reply known(String service, Query query) throws IOException {
    Optional<String> help = Help.of(service);
    if (help.isEmpty()) {
      String name = ID.matcher(service).matches() ? service : "";
      return Reply.text("ERROR: Service " + name + " unknown\n" + Help.all());
    }
    return query.has("info") ? Reply.text(help.get()) : call(service, query);
  }

  private Reply call(String service, Query query) throws IOException {
    return switch (service) {
      case "availability" -> availability(query);
      case "graph" -> graph(query);
      case "stats" -> stats(query);
      case "liveping" -> {
        Optional<String> ip = query.text("ip");
        yield ip.isEmpty()
            ? Reply.text("ERROR, don't know where to ping\n")
            : live.ping(inventory.get(), ip.get(), query.number("count", 5));
      }
      case "livetraceroute" -> {
        Optional<String> ip = query.text("ip");
        yield ip.isEmpty()
            ? Reply.text("ERROR, don't know where to trace\n")
            : live.trace(inventory.get(), ip.get());
      }
      default -> Reply.text("Hello CNML World!\n\n");
    };
  }

  private String serverInfo() {
    return "CNML services version "
        + Help.VERSION
        + " at Cloudy\nServer id: "
        + settings.serverId().orElse("")
        + "\n\n";
  }

  private Reply availability(Query query) throws IOException {
    return Reply.of("image/png", pictures.draw(badge(query)));
  }

  /** Returns the badge of a device: the last hour's last sample, and the share of the week. */
  Badge badge(Query query) throws IOException {
    String device = query.text("device").filter(id -> ID.matcher(id).matches()).orElse("0");
    Answers hour = stats.pings(device, HOUR, now());
    Answers week = stats.pings(device, WEEK, now());
    boolean up = week.samples() > 0 && week.lastShare() > 0;
    String share = week.samples() > 0 ? String.format(Locale.ROOT, "%.2f%%", week.share()) : "n/a";
    String last = hour.samples() > 0 ? stats.clock(hour.last()) : "--:--";
    boolean brief = query.text("format").filter("short"::equals).isPresent();
    return new Badge(up, brief ? "" : last, share);
  }

  private Reply stats(Query query) throws IOException {
    if (!counting.tryAcquire()) {
      return Reply.text(503, "ERROR: statistics are being made for somebody else: try again\n");
    }
    try {
      long now = now();
      List<String> devices =
          query.has("devices")
              ? Arrays.stream(query.text("devices").orElse("").split(","))
                  .map(String::strip)
                  .filter(id -> ID.matcher(id).matches())
                  .distinct()
                  .toList()
              : stats.fresh(now);
      if (!query.has("devices") && devices.isEmpty()) {
        return Reply.text("There are no statistics at this server\n");
      }
      long from = query.time("traffic_start", -YEAR, now);
      long to = query.time("traffic_end", -RECENT, now);
      return Reply.text(stats.lines(devices, now, from, to));
    } finally {
      counting.release();
    }
  }

  private Reply graph(Query query) throws IOException {
    if (query.text("type").isEmpty()) {
      return missing("graph type");
    }
    if (query.text("node").isEmpty()) {
      return missing("node");
    }
    Wish.Kind kind = kind(query.text("type").get());
    Optional<String> device = query.text("device").or(() -> query.text("radio"));
    if (kind != Wish.Kind.SUPERNODE && device.isEmpty()) {
      return missing("graph type");
    }
    if (query.has("debug")) {
      return Reply.text("No command is run for pictures here, so there is none to show\n");
    }
    String id = kind == Wish.Kind.SUPERNODE ? query.text("node").get() : device.orElse("");
    return picture(query, kind, id, false);
  }

  private static Reply missing(String what) {
    return Reply.text("Error: missing " + what + "\n" + Help.of("graph").orElse(""));
  }

  private static Wish.Kind kind(String type) {
    return switch (type) {
      case "pings" -> Wish.Kind.PINGS;
      case "clients" -> Wish.Kind.CLIENTS;
      case "supernode" -> Wish.Kind.SUPERNODE;
      case "device", "radio" -> Wish.Kind.TRAFFIC;
      default ->
          throw new IllegalArgumentException(
              "the type is one of pings, clients, supernode, device");
    };
  }

  /** The first version of the pictures: by radio, and in bytes a second. */
  private Reply graphs(Query query) throws IOException {
    String type = query.text("type").orElse("");
    if (type.equals("availability")) {
      return availability(query);
    }
    Wish.Kind kind = kind(type);
    Optional<String> id = query.text(kind == Wish.Kind.SUPERNODE ? "node" : "radio");
    return id.isEmpty() ? missing("graph type") : picture(query, kind, id.get(), true);
  }

  private Reply picture(Query query, Wish.Kind kind, String id, boolean bytes) throws IOException {
    long now = now();
    boolean bare = query.has("thumb");
    Wish wish =
        new Wish(
            kind,
            id,
            OptionalInt.empty(),
            Optional.of(
                query.text("direction").filter("out"::equalsIgnoreCase).isPresent()
                    ? Wish.Direction.OUT
                    : Wish.Direction.IN),
            query.time("start", -DAY, now),
            query.time("end", -RECENT, now),
            (int) Math.max(10, Math.min(MAX_WIDTH, query.number("width", 600))),
            (int) Math.max(10, Math.min(MAX_HEIGHT, query.number("height", 120))),
            1 + clients(query),
            Wish.Look.legacy(bare, bytes));
    return Reply.of("image/png", pictures.draw(wish));
  }

  private static int clients(Query query) {
    return query.text("numcli").filter("max"::equals).isPresent()
        ? MAX_CLIENTS
        : (int) Math.max(1, Math.min(MAX_CLIENTS, query.number("numcli", CLIENTS)));
  }

  private Reply csv(Query query) {
    Optional<String> server = query.text("server").or(settings::serverId);
    if (!server.equals(settings.serverId())) {
      return Reply.text("You must provide a valid server id\n");
    }
    return Reply.text(
        query.has("list")
            ? Documents.files(inventory.get())
            : Documents.csv(inventory.get(), query.number("version", 2)));
  }

  private Reply nodes(Query query) {
    List<String> ids =
        Arrays.stream(query.text("nodes").orElse("").split(","))
            .filter(id -> ID.matcher(id).matches())
            .distinct()
            .toList();
    if (ids.isEmpty()) {
      return Reply.text("Error: At least one node has to be given. Syntax: qnodes?nodes=1,2,3\n");
    }
    byte[] xml =
        Documents.nodes(inventory.get(), ids, clock.instant().atZone(settings.zone().id()));
    return Reply.of("application/xml; charset=utf-8", xml);
  }
}
