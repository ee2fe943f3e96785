package community.cloudy.agent.api;

import community.cloudy.agent.config.AgentConfig;
import community.cloudy.auth.Person;
import community.cloudy.auth.Role;
import community.cloudy.auth.Sessions;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Decides who may call what. */
final class Admission {
  static final String CSRF = "X-Cloudy-Csrf";

  private final AgentConfig config;

  Admission(AgentConfig config) {
    this.config = config;
  }

  /**
   * Checks that a caller may call a route.
   *
   * @throws ApiException if not; a caller who is not known is told to say who they are
   */
  void check(Route route, Caller caller, HttpFields headers) {
    if (route.changes() && !caller.viaSocket()) {
      checkOrigin(headers);
    }
    if (route.role().isEmpty() || readsMetrics(route, caller)) {
      return;
    }
    Role needed = route.role().get();
    Person person = caller.person().orElseThrow(Admission::unknown);
    if (!person.role().includes(needed)) {
      throw new ApiException(
          ProblemCode.FORBIDDEN,
          "This takes the role %s; %s is %s. Ask an admin of this node."
              .formatted(needed.word(), person.login(), person.role().word()));
    }
    if (route.changes()) {
      checkChange(route, person, caller, headers);
    }
  }

  private static ApiException unknown() {
    return new ApiException(
        ProblemCode.UNAUTHENTICATED,
        "Say who you are: log in, send a token, or use the node's unix socket.");
  }

  private boolean readsMetrics(Route route, Caller caller) {
    return route.path().text().equals(Metrics.PATH)
        && caller.address().filter(config.api().metricsFrom()::contains).isPresent();
  }

  /**
   * A browser says where the page comes from that makes it send a change. The host was checked
   * against the names the node goes by, so here it can be compared with.
   */
  private void checkOrigin(HttpFields headers) {
    String site = headers.get("Sec-Fetch-Site");
    String origin = headers.get(HttpHeader.ORIGIN);
    if (site != null && !site.equals("same-origin")) {
      throw foreign();
    }
    if (origin != null && !isOwn(origin, headers.get(HttpHeader.HOST))) {
      throw foreign();
    }
  }

  private boolean isOwn(String origin, String host) {
    try {
      URI uri = URI.create(origin);
      // Without TLS here, there may be some before us.
      boolean scheme =
          "https".equals(uri.getScheme())
              || ("http".equals(uri.getScheme()) && config.api().tls().isEmpty());
      return scheme
          && Optional.ofNullable(uri.getRawAuthority())
              .filter(authority -> authority.equalsIgnoreCase(host))
              .isPresent();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static ApiException foreign() {
    return new ApiException(
        ProblemCode.FOREIGN_PAGE, "A page of another site cannot change this node.");
  }

  private void checkChange(Route route, Person person, Caller caller, HttpFields headers) {
    String csrf = String.valueOf(headers.get(CSRF));
    if (caller.session().filter(id -> !Sessions.csrfMatches(id, csrf)).isPresent()) {
      throw new ApiException(
          ProblemCode.CSRF,
          "A change by a session needs the header %s with what the login answered as csrf."
              .formatted(CSRF));
    }
    if (person.means() == Person.Means.LDAP_OFFLINE
        && !config.auth().offlineMayChange()
        && !route.isForOffline()) {
      throw new ApiException(
          ProblemCode.OFFLINE_SESSION,
          "No directory server answered when %s logged in, and auth.offline_may_change is false. Log"
                  .formatted(person.login().toLowerCase(Locale.ROOT))
              + " in again once one answers.");
    }
  }
}
