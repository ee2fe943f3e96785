package community.cloudy.auth;

import community.cloudy.auth.AuditEntry.Outcome;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets people in by login and password: the throttle first, then the local user of that name, else
 * the directory, else, where none of its servers can be reached, the memory of the last days.
 * Writes each decision to the audit log, with the reason that the person is not told. Every refusal
 * costs the same work. Thread-safe; blocks as long as {@link Directory} and {@link PasswordHash}
 * do.
 */
public final class Login {
  private static final Logger log = LoggerFactory.getLogger(Login.class);
  private static final int MAX_PASSWORD_BYTES = 1024;

  private final Throttle throttle;
  private final LocalUsers locals;
  private final Optional<BiFunction<LoginName, Secret, Verdict>> directory;
  private final OfflineCache offline;
  private final PasswordHash hash;
  private final AuditLog audit;

  Login(
      Throttle throttle,
      LocalUsers locals,
      Optional<BiFunction<LoginName, Secret, Verdict>> directory,
      OfflineCache offline,
      PasswordHash hash,
      AuditLog audit) {
    this.throttle = throttle;
    this.locals = locals;
    this.directory = directory;
    this.offline = offline;
    this.hash = hash;
    this.audit = audit;
  }

  /** Puts the parts together. */
  public static Login of(
      Throttle throttle,
      LocalUsers locals,
      Optional<Directory> directory,
      OfflineCache offline,
      PasswordHash hash,
      AuditLog audit) {
    return new Login(
        throttle, locals, directory.map(asked -> asked::authenticate), offline, hash, audit);
  }

  /**
   * Tries a login and a password.
   *
   * @param typed the login as somebody typed it, in whatever case
   * @param from the address they come from; empty for a unix socket
   */
  public LoginResult attempt(String typed, Secret password, Optional<InetAddress> from) {
    Optional<LoginName> name =
        LoginName.parse(typed).filter(good -> password.length() <= MAX_PASSWORD_BYTES);
    String account = name.map(LoginName::text).orElse("");
    Duration wait = throttle.admit(account, from);
    if (!wait.isZero()) {
      log.debug("Login must wait from={} wait={}", origin(from), wait);
      return new LoginResult.Throttled(wait);
    }
    Judgement judgement;
    try {
      judgement = name.isEmpty() ? refuse(password, "not a login") : judge(name.get(), password);
    } catch (AuthException e) {
      judgement =
          new Judgement(
              new LoginResult.Unavailable(
                  "too many passwords are being checked", "Try again in some seconds."),
              e.code().name(),
              false);
    }
    settle(judgement, account, from);
    return judgement.result();
  }

  /**
   * A decision.
   *
   * @param result what the person is told
   * @param why what the audit log is told
   * @param counts whether the throttle counts it as a guess, if it is not right
   */
  private record Judgement(LoginResult result, String why, boolean counts) {}

  private Judgement judge(LoginName name, Secret password) {
    if (locals.has(name)) {
      return locals
          .verify(name, password)
          .map(Login::accept)
          .orElse(reject("wrong password of a local user, or locked"));
    }
    if (directory.isEmpty()) {
      return refuse(password, "no such local user");
    }
    Verdict verdict = directory.get().apply(name, password);
    if (verdict instanceof Verdict.Accepted accepted) {
      return welcome(name, accepted, password);
    }
    if (verdict instanceof Verdict.Refused refused) {
      offline.forget(name);
      return refuse(password, refused.why());
    }
    if (verdict instanceof Verdict.Unreachable unreachable) {
      return recall(name, password, unreachable.why());
    }
    Diagnosis why = ((Verdict.Unable) verdict).why();
    return new Judgement(
        new LoginResult.Unavailable(why.reason(), why.remedy()), why.reason(), false);
  }

  private Judgement welcome(LoginName name, Verdict.Accepted accepted, Secret password) {
    Person person = accepted.person();
    // The filter may find an entry by another name than its login.
    if (LoginName.parse(person.login()).filter(locals::has).isPresent()) {
      return refuse(
          password, "the directory calls them " + person.login() + ", as a local user is");
    }
    offline.remember(name, accepted, password);
    return accept(person, accepted.units());
  }

  /** Asks the memory. A guess counts here, and looks the same as not being remembered. */
  private Judgement recall(LoginName name, Secret password, Diagnosis why) {
    return offline
        .verify(name, password)
        .filter(known -> LoginName.parse(known.person().login()).filter(locals::has).isEmpty())
        .map(known -> accept(known.person(), known.units()))
        .orElse(
            new Judgement(
                new LoginResult.Unavailable(
                    "no directory server can be reached, and this node does not remember this login"
                        + " with this password ("
                        + why.reason()
                        + ")",
                    why.remedy()),
                why.reason(),
                true));
  }

  private static Judgement accept(Person person) {
    return accept(person, Set.of());
  }

  private static Judgement accept(Person person, Set<String> units) {
    return new Judgement(new LoginResult.Accepted(person, units), "", false);
  }

  private static Judgement reject(String why) {
    return new Judgement(new LoginResult.Rejected(), why, true);
  }

  /** Rejects, after the work that checking a local user's password costs. */
  private Judgement refuse(Secret password, String why) {
    try {
      hash.burn(password);
    } catch (AuthException e) {
      log.debug("Refused without the work reason={}", e.getMessage());
    }
    return reject(why);
  }

  private void settle(Judgement judgement, String account, Optional<InetAddress> from) {
    if (judgement.result() instanceof LoginResult.Accepted accepted) {
      throttle.succeeded(account, from);
      Person person = accepted.person();
      log.info(
          "Login accepted login={} means={} role={} from={}",
          person.login(),
          person.means(),
          person.role(),
          origin(from));
      audit.record(person, origin(from), "login", "", Outcome.DONE, "");
      return;
    }
    if (!judgement.counts()) {
      throttle.forgive(account, from);
    }
    boolean rejected = judgement.result() instanceof LoginResult.Rejected;
    // No login here: people type their password there.
    log.info("Login {} from={}", rejected ? "rejected" : "could not be judged", origin(from));
    Outcome outcome = rejected ? Outcome.REFUSED : Outcome.FAILED;
    audit.recordUnknown(account, origin(from), "login", "", outcome, judgement.why());
  }

  private static String origin(Optional<InetAddress> from) {
    return from.map(InetAddress::getHostAddress).orElse("socket");
  }
}
