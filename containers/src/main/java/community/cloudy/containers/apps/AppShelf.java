package community.cloudy.containers.apps;

import community.cloudy.containers.apps.AppException.Code;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What can be installed on this node: the apps that came with it and those of its catalogues. */
public final class AppShelf {
  /** The catalogue of the apps that come with Cloudy. */
  public static final String SHIPPED = "cloudy";

  private final Supplier<Map<AppId, AppFolder>> shipped;
  private final Catalogues catalogues;
  private final InstantSource clock;

  /**
   * Creates the shelf of a node.
   *
   * @param shipped tells of the apps that came with it; not asked before somebody looks
   */
  public AppShelf(
      Supplier<Map<AppId, AppFolder>> shipped, Catalogues catalogues, InstantSource clock) {
    this.shipped = shipped;
    this.catalogues = catalogues;
    this.clock = clock;
  }

  /**
   * An app and where it comes from.
   *
   * @param catalogue its name
   */
  public record Offer(String catalogue, AppFolder folder, App app) {}

  /** Returns all apps, by id; those of expired catalogues are not among them. */
  public List<Offer> list() {
    List<Offer> offers = new ArrayList<>();
    shipped.get().values().forEach(folder -> offers.add(new Offer(SHIPPED, folder, folder.app())));
    for (Catalogues.Installed installed : catalogues.list()) {
      Catalogue catalogue = installed.catalogue();
      if (!catalogue.isExpired(clock.instant())) {
        catalogue
            .apps()
            .values()
            .forEach(folder -> offers.add(new Offer(catalogue.name(), folder, folder.app())));
      }
    }
    offers.sort(
        Comparator.comparing((Offer offer) -> offer.app().id()).thenComparing(Offer::catalogue));
    return offers;
  }

  /**
   * Returns one app.
   *
   * @param catalogue its name
   * @throws AppException if there is no such app there, or the catalogue has expired
   */
  public Offer get(String catalogue, AppId id) {
    if (!catalogue.equals(SHIPPED)) {
      Catalogue found =
          catalogues
              .get(catalogue)
              .orElseThrow(() -> missing("no catalogue " + catalogue))
              .catalogue();
      if (found.isExpired(clock.instant())) {
        throw new AppException(
            Code.UNTRUSTED,
            "Could not take an app of %s: the catalogue expired at %s. Refresh it."
                .formatted(catalogue, found.expires()));
      }
      AppFolder folder =
          found.app(id).orElseThrow(() -> missing("no app " + id + " in " + catalogue));
      return new Offer(catalogue, folder, folder.app());
    }
    AppFolder folder = shipped.get().get(id);
    if (folder == null) {
      throw missing("no app " + id + " among those that come with Cloudy");
    }
    return new Offer(SHIPPED, folder, folder.app());
  }

  /** Returns one app, if it can be had. */
  public Optional<Offer> find(String catalogue, AppId id) {
    try {
      return Optional.of(get(catalogue, id));
    } catch (AppException e) {
      return Optional.empty();
    }
  }

  private static AppException missing(String what) {
    return new AppException(
        Code.NOT_FOUND, "There is " + what + ". See what there is: cloudy app ls.");
  }
}
