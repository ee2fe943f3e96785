package community.cloudy.agent.cli;

import java.security.SecureRandom;
import java.util.Base64;
import picocli.CommandLine.Command;

/** Makes a gossip key. */
@Command(name = "keygen", description = "Prints a new gossip key: 32 random bytes in base64.")
final class KeygenCommand implements Runnable {
  private static final int KEY_BYTES = 32;

  private final Cloudy cloudy;

  KeygenCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    cloudy.out().println(key());
  }

  /** Returns a new key. */
  static String key() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }
}
