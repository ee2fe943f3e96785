package community.cloudy.agent.api;

import community.cloudy.auth.Person;
import community.cloudy.auth.Role;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/**
 * What the unix users at the other end of the socket may do. The kernel lets nobody connect but the
 * owner, root and the socket's group, so whoever is not named here is of that group.
 *
 * @param admins root and the agent's own user
 * @param operators those of {@code api.operators}
 */
record SocketUsers(Set<UserPrincipal> admins, Set<UserPrincipal> operators) {
  /** Before the socket is open. */
  static final SocketUsers NONE = new SocketUsers(Set.of(), Set.of());

  SocketUsers {
    admins = Set.copyOf(admins);
    operators = Set.copyOf(operators);
  }

  Person person(UserPrincipal user) {
    return new Person(user.getName(), user.getName(), role(user), Person.Means.SOCKET);
  }

  private Role role(UserPrincipal user) {
    if (admins.contains(user)) {
      return Role.ADMIN;
    }
    return operators.contains(user) ? Role.OPERATOR : Role.VIEWER;
  }
}
