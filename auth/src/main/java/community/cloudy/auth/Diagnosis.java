package community.cloudy.auth;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import community.cloudy.auth.LdapStep.Kind;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Set;
import javax.net.ssl.SSLException;

/**
 * Why a step failed, in words that name what to do. The SDK's own messages are long and about Java.
 *
 * @param reason what happened, without a full stop
 * @param remedy what to do, a sentence
 */
record Diagnosis(String reason, String remedy) {
  private static final int MAX_REASON = 300;
  private static final Set<ResultCode> CONNECTION =
      Set.of(
          ResultCode.SERVER_DOWN,
          ResultCode.CONNECT_ERROR,
          ResultCode.TIMEOUT,
          ResultCode.DECODING_ERROR,
          ResultCode.LOCAL_ERROR,
          ResultCode.BUSY,
          ResultCode.UNAVAILABLE);

  Diagnosis {
    reason = Text.bounded(Text.cleaned(reason), MAX_REASON);
  }

  /** Tells whether the server gave no answer, so that another one may be asked. */
  static boolean isUnreachable(LDAPException e) {
    return CONNECTION.contains(e.getResultCode());
  }

  /** Explains {@code e}, which ended the step {@code kind}. */
  static Diagnosis of(Kind kind, LDAPException e) {
    if (has(e, SSLException.class) || has(e, CertificateException.class)) {
      return tls(e);
    }
    return isUnreachable(e) ? connection(kind, e) : answer(kind, e);
  }

  private static Diagnosis tls(LDAPException e) {
    if (has(e, CertificateExpiredException.class)) {
      return new Diagnosis(
          "its certificate has expired",
          "Renew the server's certificate, and check this node's clock.");
    }
    if (has(e, CertificateNotYetValidException.class)) {
      return new Diagnosis(
          "its certificate is not valid yet", "Check this node's clock and the server's.");
    }
    if (has(e, CertPathBuilderException.class) || has(e, CertPathValidatorException.class)) {
      return new Diagnosis(
          "its certificate is not signed by a trusted authority",
          "Set ca_file to the certificate of the directory's authority.");
    }
    if (has(e, CertificateException.class)) {
      return new Diagnosis(
          "its certificate is for another host: " + innermost(e),
          "Use the name that stands in the certificate, or have one made for this name.");
    }
    return new Diagnosis(
        "TLS failed: " + innermost(e), "Check that the server speaks TLS on this port.");
  }

  private static Diagnosis connection(Kind kind, LDAPException e) {
    if (has(e, UnknownHostException.class)) {
      return new Diagnosis(
          "its name is not known", "Check the name in servers, and this node's DNS.");
    }
    if (has(e, NoRouteToHostException.class)) {
      return new Diagnosis("there is no route to it", "Check the network between.");
    }
    if (has(e, ConnectException.class)) {
      return new Diagnosis(
          "it refuses connections", "Check that the directory runs, and the port in servers.");
    }
    if (kind == Kind.TLS && isAnswer(e)) {
      return new Diagnosis(
          "it offers no StartTLS", "Use ldaps://, or ask who runs the directory for StartTLS.");
    }
    if (isAnswer(e)) {
      return new Diagnosis(
          "it cannot serve now: " + e.getResultCode().getName(), "Ask who runs the directory.");
    }
    if (has(e, SocketTimeoutException.class) || e.getResultCode().equals(ResultCode.TIMEOUT)) {
      return new Diagnosis(
          "it does not answer in time", "Check the network and firewalls between.");
    }
    return new Diagnosis(
        "the connection failed: " + innermost(e),
        "Check the network, and that the directory runs.");
  }

  private static boolean isAnswer(LDAPException e) {
    return e.getResultCode().equals(ResultCode.BUSY)
        || e.getResultCode().equals(ResultCode.UNAVAILABLE);
  }

  private static Diagnosis answer(Kind kind, LDAPException e) {
    ResultCode code = e.getResultCode();
    String name = code.getName();
    if (code.equals(ResultCode.CONFIDENTIALITY_REQUIRED)
        || code.equals(ResultCode.STRONG_AUTH_REQUIRED)) {
      return new Diagnosis("it requires TLS: " + name, "Use ldaps:// or set start_tls.");
    }
    if (code.equals(ResultCode.REFERRAL)) {
      return new Diagnosis(
          "it refers to another server, which is not followed",
          "Name that server in servers, or correct base.");
    }
    if (code.equals(ResultCode.INAPPROPRIATE_AUTHENTICATION)) {
      return new Diagnosis("it does not serve nobody: " + name, "Set bind_dn and its password.");
    }
    return switch (kind) {
      case SERVER, TLS ->
          new Diagnosis(
              "it offers no StartTLS: " + name,
              "Use ldaps://, or ask who runs the directory for StartTLS.");
      case BIND ->
          new Diagnosis(
              "it does not accept the searching account: " + name,
              "Check bind_dn and bind_password_file.");
      case SEARCH ->
          new Diagnosis(
              "it does not let people be searched: " + name,
              "Check base, and what bind_dn may read.");
      case GROUPS ->
          new Diagnosis(
              "it does not let groups be searched: " + name,
              "Check group_base, and what bind_dn may read.");
      case PASSWORD, ROLE ->
          new Diagnosis("it cannot check the password: " + name, "Ask who runs the directory.");
    };
  }

  private static boolean has(Throwable e, Class<? extends Throwable> type) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private static String innermost(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
