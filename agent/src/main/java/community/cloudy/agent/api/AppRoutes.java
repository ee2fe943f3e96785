package community.cloudy.agent.api;

import static community.cloudy.auth.Role.ADMIN;
import static community.cloudy.auth.Role.OPERATOR;
import static community.cloudy.auth.Role.VIEWER;

import community.cloudy.agent.api.Route.Deed;
import java.util.List;

/** The part of the table that is about apps, their catalogues, and backups. */
final class AppRoutes {
  private AppRoutes() {}

  static List<Route> of(EngineCalls calls, Jobs jobs) {
    AppsEndpoint apps = new AppsEndpoint(calls, jobs);
    BackupsEndpoint backups = new BackupsEndpoint(calls, jobs);
    return List.of(
        Route.get(VIEWER, "/v1/apps", AppsEndpoint.LIST_PARAMETERS, apps::list),
        Route.get(VIEWER, "/v1/apps/{id}", AppsEndpoint.ONE_PARAMETERS, apps::one),
        Route.get(VIEWER, "/v1/apps/{id}/icon", AppsEndpoint.ICON_PARAMETERS, apps::icon),
        Route.post(
            OPERATOR, "/v1/apps/{id}/install", new Deed("app.install", "name"), apps::install),
        Route.post(OPERATOR, "/v1/stacks/{name}/update", Deed.of("app.update"), apps::update),
        Route.get(VIEWER, "/v1/catalogues", apps::catalogues),
        // A signed catalogue still says what this node fetches, and from where.
        Route.post(
            ADMIN, "/v1/catalogues", new Deed("catalogue.add", "source"), apps::addCatalogue),
        Route.post(
            OPERATOR,
            "/v1/catalogues/{name}/refresh",
            Deed.of("catalogue.refresh"),
            apps::refreshCatalogue),
        Route.delete(
            ADMIN, "/v1/catalogues/{name}", Deed.of("catalogue.remove"), apps::removeCatalogue),
        Route.get(VIEWER, "/v1/backups", backups::list),
        Route.post(OPERATOR, "/v1/backups", new Deed("backup.create", "stack"), backups::create),
        Route.get(VIEWER, "/v1/backups/{id}", backups::one),
        Route.post(
            OPERATOR,
            "/v1/backups/{id}/restore",
            new Deed("backup.restore", "as"),
            backups::restore),
        Route.delete(OPERATOR, "/v1/backups/{id}", Deed.of("backup.delete"), backups::delete),
        Route.get(VIEWER, "/v1/backup-schedules", backups::schedules),
        Route.put(
            OPERATOR,
            "/v1/backup-schedules/{stack}",
            new Deed("backup.schedule", "at"),
            backups::schedule),
        Route.delete(
            OPERATOR,
            "/v1/backup-schedules/{stack}",
            Deed.of("backup.unschedule"),
            backups::unschedule));
  }
}
