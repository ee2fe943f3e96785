package community.cloudy.auth;

import community.cloudy.auth.AuthException.Code;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Makes and checks slow verifiers of passwords: Argon2id (RFC 9106) in the PHC string format, with
 * 7 MiB and five passes, which OWASP holds equal to 19 MiB and two. One at a time in the whole
 * process, so that many logins cannot exhaust the heap. Thread-safe; each call takes a tenth of a
 * second or more.
 */
public final class PasswordHash {
  private static final int MEMORY_KIB = 7168;
  private static final int PASSES = 5;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int MAX_MEMORY_KIB = 19 * 1024;
  private static final int MAX_PASSES = 10;
  private static final int MAX_LANES = 4;
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,6}),t=(\\d{1,3}),p=(\\d{1,3})"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

  private final Semaphore one = new Semaphore(1, true);
  private final SecureRandom random;
  private final Duration patience;

  /**
   * Makes the one hasher of a process.
   *
   * @param patience how long a call waits for its turn before it fails with {@link Code#BUSY}
   */
  public PasswordHash(SecureRandom random, Duration patience) {
    this.random = random;
    this.patience = patience;
  }

  /**
   * Returns a verifier of {@code password}, with a salt of its own.
   *
   * @throws AuthException {@link Code#BUSY}
   */
  String hash(Secret password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] hash = argon2(password, new Cost(MEMORY_KIB, PASSES, LANES), salt, HASH_BYTES);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            MEMORY_KIB, PASSES, LANES, base64.encodeToString(salt), base64.encodeToString(hash));
  }

  /**
   * Tells whether {@code verifier} was made of {@code password}. A verifier that is damaged or asks
   * for more work than any of ours costs the work of one of ours and verifies nothing.
   *
   * @throws AuthException {@link Code#BUSY}
   */
  boolean verify(Secret password, String verifier) {
    Matcher phc = PHC.matcher(verifier);
    if (!phc.matches()) {
      burn(password);
      return false;
    }
    Cost cost = new Cost(number(phc, 1), number(phc, 2), number(phc, 3));
    if (!cost.bearable()) {
      burn(password);
      return false;
    }
    byte[] wanted;
    byte[] salt;
    try {
      salt = Base64.getDecoder().decode(phc.group(4));
      wanted = Base64.getDecoder().decode(phc.group(5));
    } catch (IllegalArgumentException e) {
      burn(password);
      return false;
    }
    return MessageDigest.isEqual(wanted, argon2(password, cost, salt, wanted.length));
  }

  /**
   * Does the work of a verification for nothing, so that a refusal without one takes as long.
   *
   * @throws AuthException {@link Code#BUSY}
   */
  void burn(Secret password) {
    argon2(password, new Cost(MEMORY_KIB, PASSES, LANES), new byte[SALT_BYTES], HASH_BYTES);
  }

  private static int number(Matcher phc, int group) {
    return Integer.parseInt(phc.group(group));
  }

  private byte[] argon2(Secret password, Cost cost, byte[] salt, int length) {
    Argon2Parameters parameters =
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memoryKib())
            .withIterations(cost.passes())
            .withParallelism(cost.lanes())
            .withSalt(salt)
            .build();
    byte[] bytes = password.reveal();
    byte[] hash = new byte[length];
    acquire();
    try {
      Argon2BytesGenerator generator = new Argon2BytesGenerator();
      generator.init(parameters);
      generator.generateBytes(bytes, hash);
      return hash;
    } finally {
      one.release();
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private void acquire() {
    try {
      if (one.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AuthException(
        Code.BUSY,
        "Could not check the password: too many are being checked. Try again in some seconds.");
  }

  /**
   * What a hash costs.
   *
   * @param memoryKib in KiB
   * @param passes over that memory
   * @param lanes that could be computed side by side
   */
  private record Cost(int memoryKib, int passes, int lanes) {
    boolean bearable() {
      return lanes >= 1
          && lanes <= MAX_LANES
          && memoryKib >= 8 * lanes
          && memoryKib <= MAX_MEMORY_KIB
          && passes >= 1
          && passes <= MAX_PASSES;
    }
  }
}
