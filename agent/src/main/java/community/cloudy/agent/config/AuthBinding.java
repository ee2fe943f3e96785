package community.cloudy.agent.config;

import community.cloudy.auth.LdapConfig;
import community.cloudy.auth.LdapUrl;
import community.cloudy.auth.Role;
import community.cloudy.auth.Roles;
import community.cloudy.auth.Secret;
import community.cloudy.auth.Sessions;
import community.cloudy.auth.UserMatch;
import community.cloudy.services.spi.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Binds the section {@code auth}. */
final class AuthBinding {
  private static final Sessions.Limits LIMITS =
      new Sessions.Limits(Duration.ofMinutes(30), Duration.ofHours(12), 10, 1000);

  private AuthBinding() {}

  static AuthConfig auth(Section auth) {
    Section ldap = auth.section("ldap");
    Optional<Path> passwordFile = ldap.optional("bind_password_file", Binding::path);
    AuthConfig config =
        new AuthConfig(
            ldap(auth, ldap),
            passwordFile,
            roles(auth.section("roles")),
            sessions(auth, auth.section("sessions")),
            auth.flag("offline_may_change", true));
    auth.end();
    return config;
  }

  /** Reads every key, whether there are servers or not, so that all problems are told at once. */
  private static Optional<LdapConfig> ldap(Section auth, Section ldap) {
    List<LdapUrl> servers = ldap.list("servers", LdapUrl::parse);
    Optional<String> base = ldap.optional("base", LdapConfig::checkedDn);
    Optional<UserMatch> users = users(ldap);
    Optional<LdapConfig.Account> account = account(ldap);
    LdapConfig.Security security =
        new LdapConfig.Security(
            ldap.flag("start_tls", false),
            ldap.flag("allow_plain", false),
            ldap.optional("ca_file", Binding::path));
    Optional<String> groupBase = ldap.optional("group_base", LdapConfig::checkedDn);
    int offlineDays = ldap.value("offline_days", 7, AuthBinding::days);
    ldap.end();
    if (servers.isEmpty()) {
      if (base.isPresent() && !ldap.has("servers")) {
        auth.problem("ldap", "names no servers. Name one, such as ldaps://ldap.example.org");
      }
      return Optional.empty();
    }
    if (base.isEmpty()) {
      if (!ldap.has("base")) {
        auth.problem("ldap", "needs a base, the DN below which people are");
      }
      return Optional.empty();
    }
    return auth.made(
        "ldap",
        () ->
            new LdapConfig(
                servers,
                base.get(),
                users.orElse(UserMatch.ByFilter.UID),
                account,
                security,
                groupBase,
                LdapConfig.Limits.DEFAULT,
                offlineDays));
  }

  private static Optional<UserMatch> users(Section ldap) {
    Optional<UserMatch> filter = ldap.optional("user_filter", UserMatch.ByFilter::new);
    Optional<UserMatch> dn = ldap.optional("user_dn", UserMatch.ByDn::new);
    if (filter.isPresent() && dn.isPresent()) {
      ldap.problem("user_dn", "cannot stand beside user_filter. Keep one of them");
    }
    return dn.or(() -> filter);
  }

  private static Optional<LdapConfig.Account> account(Section ldap) {
    Optional<String> dn = ldap.optional("bind_dn", LdapConfig::checkedDn);
    Optional<Secret> password =
        ldap.optional("bind_password_file", text -> KeyFile.secret(Binding.path(text)));
    if (dn.isPresent() && !ldap.has("bind_password_file")) {
      ldap.problem("bind_dn", "needs bind_password_file beside it");
    }
    if (dn.isEmpty() && password.isPresent() && !ldap.has("bind_dn")) {
      ldap.problem("bind_password_file", "needs bind_dn beside it");
    }
    if (dn.isEmpty() || password.isEmpty()) {
      return Optional.empty();
    }
    return ldap.made("bind_password_file", () -> new LdapConfig.Account(dn.get(), password.get()));
  }

  private static Roles roles(Section roles) {
    Map<Role, Set<String>> groups = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      List<String> fallback = role == Role.VIEWER ? List.of("*") : List.of();
      groups.put(role, Set.copyOf(roles.list(role.word(), fallback, Roles::checked)));
    }
    roles.end();
    return new Roles(groups);
  }

  private static Sessions.Limits sessions(Section auth, Section sessions) {
    Duration idle = sessions.valueOr("idle", "30m", Settings::time);
    Duration absolute = sessions.valueOr("absolute", "12h", Settings::time);
    sessions.end();
    return auth.made(
            "sessions",
            () -> new Sessions.Limits(idle, absolute, LIMITS.perPerson(), LIMITS.total()))
        .orElse(LIMITS);
  }

  private static int days(String text) {
    if (!text.matches("[0-9]{1,2}") || Integer.parseInt(text) > 90) {
      throw new IllegalArgumentException("must be a number of days, 0 to 90");
    }
    return Integer.parseInt(text);
  }
}
