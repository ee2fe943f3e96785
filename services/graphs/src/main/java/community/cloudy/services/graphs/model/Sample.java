package community.cloudy.services.graphs.model;

import java.time.Instant;

/** What was measured of a device at one moment. A value nobody knows is NaN, never zero. */
public sealed interface Sample {
  /** Returns the id of the device. */
  String device();

  /** Returns when it was measured; of a rate, the end of the time it holds for. */
  Instant at();

  /**
   * Echo requests.
   *
   * @param loss how many were not answered, in percent, 0 to 100
   * @param latency the mean time an answer took, in milliseconds; NaN if none came
   * @param best the shortest, likewise
   * @param worst the longest, likewise
   */
  record Ping(String device, Instant at, double loss, double latency, double best, double worst)
      implements Sample {}

  /**
   * Traffic of an interface, as a mean since the sample before.
   *
   * @param port the {@linkplain Port#number number} of the interface
   * @param in bytes a second that it received
   * @param out bytes a second that it sent
   */
  record Traffic(String device, int port, Instant at, double in, double out) implements Sample {}

  /**
   * Radio facts of an interface.
   *
   * @param port the {@linkplain Port#number number} of the interface
   * @param signal the strength of what it receives, in dBm
   * @param clients how many stations are connected to it
   */
  record Wireless(String device, int port, Instant at, double signal, double clients)
      implements Sample {}
}
