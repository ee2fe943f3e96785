package community.cloudy.gossip.serf.wire;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The community's keys, and AES-GCM with them (specification A7). The first key is the primary one:
 * it encrypts, and all are tried to decrypt. Confined to one thread.
 */
public final class Keyring {
  /** Bytes that encryption adds: version, nonce and tag. */
  public static final int OVERHEAD = 29;

  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int BLOCK = 16;

  private final List<Key> keys = new ArrayList<>();
  private final Consumer<byte[]> nonces;
  private final byte[] nonce = new byte[NONCE];

  /**
   * Creates one.
   *
   * @param keys at least one, the primary key first
   * @param nonces fills an array with bytes that never repeat: {@code SecureRandom::nextBytes}
   * @throws IllegalArgumentException if there is no key or one has another size than 16, 24 or 32
   */
  public Keyring(List<Bytes> keys, Consumer<byte[]> nonces) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("Keyring is empty");
    }
    this.nonces = nonces;
    keys.forEach(this::add);
  }

  /**
   * Adds a key as the last, if it is not there yet.
   *
   * @throws IllegalArgumentException if it has a wrong size, in Serf's words
   */
  public void add(Bytes key) {
    int size = key.length();
    if (size != 16 && size != 24 && size != 32) {
      throw new IllegalArgumentException("key size must be 16, 24 or 32 bytes");
    }
    if (indexOf(key) < 0) {
      keys.add(new Key(key));
    }
  }

  /**
   * Makes a key the primary one.
   *
   * @throws IllegalArgumentException if it is not there, in Serf's words
   */
  public void use(Bytes key) {
    int index = indexOf(key);
    if (index < 0) {
      throw new IllegalArgumentException("Requested key is not in the keyring");
    }
    keys.add(0, keys.remove(index));
  }

  /**
   * Removes a key, if it is there.
   *
   * @throws IllegalArgumentException if it is the primary one, in Serf's words
   */
  public void remove(Bytes key) {
    int index = indexOf(key);
    if (index == 0) {
      throw new IllegalArgumentException("Removing the primary key is not allowed");
    }
    if (index > 0) {
      keys.remove(index);
    }
  }

  /** Returns the keys, the primary one first. */
  public List<Bytes> list() {
    return keys.stream().map(key -> key.bytes).toList();
  }

  /**
   * Encrypts with the primary key.
   *
   * @param aad what the receiver must see unchanged beside the payload
   * @param out receives the {@code length + OVERHEAD} bytes from {@code outOffset}
   */
  void encrypt(byte[] plain, int offset, int length, byte[] aad, byte[] out, int outOffset) {
    nonces.accept(nonce);
    out[outOffset] = 1;
    System.arraycopy(nonce, 0, out, outOffset + 1, NONCE);
    try {
      Cipher cipher = keys.get(0).start(Cipher.ENCRYPT_MODE, out, outOffset + 1, aad);
      cipher.doFinal(plain, offset, length, out, outOffset + 1 + NONCE);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("could not encrypt", e);
    }
  }

  /**
   * Decrypts with whichever key fits.
   *
   * @param aad what was seen beside the payload
   * @param out receives the plain bytes; as long as the payload is enough
   * @return the number of plain bytes
   * @throws WireException if no key fits
   */
  int decrypt(byte[] data, int offset, int length, byte[] aad, byte[] out) throws WireException {
    int version = length == 0 ? -1 : data[offset];
    if (version != 0 && version != 1) {
      throw new WireException("encryption version is not known");
    }
    if (length < OVERHEAD + (version == 0 ? BLOCK : 0)) {
      throw new WireException("encrypted payload is too short");
    }
    for (Key key : keys) {
      int plain = key.decrypt(data, offset, length, aad, out);
      if (plain >= 0) {
        return version == 0 ? unpadded(out, plain) : plain;
      }
    }
    throw new WireException("no installed key decrypts the payload");
  }

  /** Returns the length without the PKCS7 padding of version 0. */
  private static int unpadded(byte[] plain, int length) throws WireException {
    int padding = length == 0 ? 0 : plain[length - 1];
    if (padding < 1 || padding > Math.min(BLOCK, length)) {
      throw new WireException("padding of the encrypted payload is wrong");
    }
    return length - padding;
  }

  private int indexOf(Bytes key) {
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i).bytes.equals(key)) {
        return i;
      }
    }
    return -1;
  }

  /** A key with a cipher of its own, which is reused. */
  private static final class Key {
    final Bytes bytes;
    private final SecretKeySpec spec;
    private final Cipher cipher;

    Key(Bytes bytes) {
      this.bytes = bytes;
      spec = new SecretKeySpec(bytes.array(), "AES");
      try {
        cipher = Cipher.getInstance("AES/GCM/NoPadding");
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this Java has no AES-GCM", e);
      }
    }

    Cipher start(int mode, byte[] nonceSource, int nonceOffset, byte[] aad)
        throws GeneralSecurityException {
      cipher.init(mode, spec, new GCMParameterSpec(TAG_BITS, nonceSource, nonceOffset, NONCE));
      cipher.updateAAD(aad);
      return cipher;
    }

    /** Returns the number of plain bytes, or -1 if this is not the key. */
    int decrypt(byte[] data, int offset, int length, byte[] aad, byte[] out) {
      try {
        return start(Cipher.DECRYPT_MODE, data, offset + 1, aad)
            .doFinal(data, offset + 1 + NONCE, length - 1 - NONCE, out, 0);
      } catch (AEADBadTagException e) {
        return -1;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("could not decrypt", e);
      }
    }
  }
}
