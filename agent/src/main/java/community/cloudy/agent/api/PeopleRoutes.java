package community.cloudy.agent.api;

import static community.cloudy.auth.Role.ADMIN;
import static community.cloudy.auth.Role.OPERATOR;
import static community.cloudy.auth.Role.VIEWER;

import community.cloudy.agent.api.Route.Deed;
import community.cloudy.agent.people.People;
import java.util.List;

/** The part of the table that is about people. */
final class PeopleRoutes {
  private PeopleRoutes() {}

  static List<Route> of(Node node, Blocking blocking) {
    People people = node.people();
    LoginEndpoint login = new LoginEndpoint(node, blocking);
    SessionsEndpoint sessions = new SessionsEndpoint(people.sessions());
    TokensEndpoint tokens = new TokensEndpoint(people.tokens(), node.clock());
    UsersEndpoint users = new UsersEndpoint(people, blocking);
    AuditEndpoint audit = new AuditEndpoint(people.audit(), blocking);
    LdapEndpoint ldap = new LdapEndpoint(people.directory(), blocking);
    DoctorEndpoint doctor = new DoctorEndpoint(node, blocking);
    return List.of(
        // The login writes its own line into the audit log.
        Route.open("POST", "/v1/login", login::login),
        Route.post(VIEWER, LoginEndpoint.LOGOUT, Deed.of("logout"), login::logout),
        Route.get(VIEWER, "/v1/whoami", login::whoami),
        Route.get(ADMIN, "/v1/sessions", sessions::list),
        Route.delete(ADMIN, "/v1/sessions/{login}", Deed.of("session.end"), sessions::end),
        Route.get(VIEWER, "/v1/tokens", tokens::list),
        Route.post(VIEWER, "/v1/tokens", new Deed("token.create", "name"), tokens::create),
        Route.delete(VIEWER, "/v1/tokens/{owner}/{name}", Deed.of("token.revoke"), tokens::revoke),
        Route.get(ADMIN, "/v1/users", users::list),
        Route.post(ADMIN, "/v1/users", new Deed("user.add", "name"), users::add),
        Route.delete(ADMIN, "/v1/users/{name}", Deed.of("user.remove"), users::remove),
        Route.put(ADMIN, "/v1/users/{name}/password", Deed.of("user.password"), users::passwd),
        Route.put(ADMIN, "/v1/users/{name}/locked", new Deed("user.lock", "locked"), users::lock),
        Route.get(ADMIN, "/v1/audit", AuditEndpoint.PARAMETERS, audit::answer),
        Route.post(ADMIN, "/v1/ldap/test", new Deed("ldap.test", "user"), ldap::test),
        Route.get(OPERATOR, "/v1/doctor", doctor::answer),
        Route.get(ADMIN, "/v1/doctor/bundle", doctor::bundle));
  }
}
