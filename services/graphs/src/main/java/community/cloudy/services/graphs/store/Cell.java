package community.cloudy.services.graphs.store;

import java.nio.ByteBuffer;

/**
 * What an archive prepares of a source, over the file's own bytes.
 *
 * @param bytes the head
 * @param at where it begins
 */
record Cell(ByteBuffer bytes, int at) {
  /** Returns what came together for the row that is being filled. */
  double value() {
    return bytes.getDouble(at);
  }

  void value(double value) {
    bytes.putDouble(at, value);
  }

  /** Returns how many primary values of the row that is being filled are unknown. */
  long unknown() {
    return bytes.getLong(at + 8);
  }

  void unknown(long count) {
    bytes.putLong(at + 8, count);
  }

  /** Returns the value of the first row that the last update wrote. */
  double first() {
    return bytes.getDouble(at + 64);
  }

  void first(double value) {
    bytes.putDouble(at + 64, value);
  }

  /** Returns the value of the rows after the first that the last update wrote. */
  double others() {
    return bytes.getDouble(at + 72);
  }

  void others(double value) {
    bytes.putDouble(at + 72, value);
  }
}
