package community.cloudy.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Logins that somebody types who wants in by another way. */
final class Hostile {
  private static final String PRINTABLE =
      "abxyz*()\\|&!=<>~:;,+\"#/%{}@ \u00e0\u00df\u0130\ud83d\ude00";
  private static final String ALPHABET =
      PRINTABLE.repeat(4) + "\u0000\u0001\n\t\u007f\u200b\u202e\ufeff\ud800";

  private Hostile() {}

  /** Returns what is known to have worked somewhere, and {@code random} strings of such parts. */
  static List<String> logins(int random) {
    List<String> logins =
        new ArrayList<>(
            List.of(
                "*",
                "a*",
                "*)(uid=*",
                "*)(uid=*))(|(uid=*",
                "admin)(&)",
                "admin)(!(&(1=0",
                "admin)(|(objectClass=*)",
                "x)(userPassword=*",
                "\\2a",
                "\\00",
                "admin\u0000",
                "admin\u0000)(uid=*",
                "a,ou=admins",
                "a+cn=b",
                "a\",dc=x",
                "#04024869",
                " admin",
                "admin ",
                "\\ admin",
                "a=b",
                "<a>",
                "a;b",
                "{user}",
                "{user})(uid=*",
                "ad\u00admin",
                "\uff41dmin",
                "ADMIN",
                "\u212admin",
                "\ud83d\ude00",
                "\ud800",
                "a\nb",
                "a".repeat(128),
                "(".repeat(128),
                "a".repeat(129),
                "a".repeat(1 << 20),
                "\ufdfa".repeat(128),
                ""));
    Random source = new Random(20261124);
    for (int i = 0; i < random; i++) {
      StringBuilder login = new StringBuilder();
      int length = source.nextInt(24);
      for (int j = 0; j < length; j++) {
        login.append(ALPHABET.charAt(source.nextInt(ALPHABET.length())));
      }
      logins.add(login.toString());
    }
    return logins;
  }
}
