package community.cloudy.services.bind;

import community.cloudy.gossip.discovery.Announcement.Offer;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.gossip.discovery.ServiceSpec;
import community.cloudy.services.bind.Configuration.InUse;
import community.cloudy.services.bind.settings.BindSettings;
import community.cloudy.services.spi.ModuleContext;
import community.cloudy.services.spi.Status;
import community.cloudy.services.spi.Workload;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How BIND is, of what is known.
 *
 * @param refused why the last change of the settings was not made
 * @param imported what came of the documents
 */
record BindStatus(
    ModuleContext context,
    InUse inUse,
    Workload.State state,
    Optional<CatalogueSync.Seen> catalogue,
    Optional<String> refused,
    Importing.Outcome imported) {

  Status status() {
    BindSettings settings = inUse.settings();
    ServiceEndpoint endpoint = new ServiceEndpoint("dns", "", settings.port(), "");
    ServiceEndpoint here = endpoint.at(context.address().getHostAddress());
    return new Status(health(), List.of(here), List.of(spec(endpoint)), facts(), metrics());
  }

  /** The names of the catalogue may be behind while all else is well. */
  private Health health() {
    Optional<String> problem = catalogue.flatMap(CatalogueSync.Seen::problem);
    if (state.health().state() != Health.State.OK || problem.isEmpty()) {
      return state.health();
    }
    return new Health(
        Health.State.OK,
        state.health().evidence() + "; names of the catalogue are behind: " + problem.get());
  }

  private ServiceSpec spec(ServiceEndpoint endpoint) {
    SortedMap<String, String> attributes = new TreeMap<>();
    if (inUse.settings().catalogue().enabled()) {
      attributes.put("zone", inUse.settings().catalogue().zone().text());
    }
    String name = "DNS of " + context.node();
    Offer offer =
        new Offer(
            BindModule.TYPE,
            name.substring(0, Math.min(64, name.length())),
            "Names of the community's nodes and services",
            List.of(endpoint),
            attributes,
            Health.unchecked());
    return new ServiceSpec(BindModule.TYPE, offer, Optional.empty());
  }

  private SortedMap<String, String> facts() {
    SortedMap<String, String> facts = new TreeMap<>();
    facts.put("zones", Integer.toString(inUse.plan().zones().size()));
    refused.ifPresent(reason -> facts.put("refused", reason));
    imported.problem().ifPresent(reason -> facts.put("import_problem", reason));
    imported.at().ifPresent(time -> facts.put("imported_at", time.toString()));
    catalogue
        .flatMap(CatalogueSync.Seen::problem)
        .ifPresent(reason -> facts.put("catalogue_problem", reason));
    inUse
        .plan()
        .dynamic()
        .ifPresent(zone -> facts.put("catalogue_zone", zone.name().toString(true)));
    return facts;
  }

  private SortedMap<String, Double> metrics() {
    SortedMap<String, Double> metrics = new TreeMap<>();
    metrics.put("zones", (double) inUse.plan().zones().size());
    metrics.put("restarts_total", (double) state.restarts());
    catalogue.ifPresent(
        seen -> {
          metrics.put("catalogue_records", (double) seen.records());
          metrics.put("catalogue_changes_total", (double) seen.changes());
        });
    return metrics;
  }
}
