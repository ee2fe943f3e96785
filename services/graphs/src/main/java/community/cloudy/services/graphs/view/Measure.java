package community.cloudy.services.graphs.view;

import community.cloudy.services.graphs.store.FileName;
import java.util.List;

/** What is measured, and what its two values are called. */
public enum Measure {
  /** Echo requests of a device. */
  PING(FileName.Kind.PING, "loss", "%", "latency", "ms"),
  /** The shortest and longest answers to them. */
  SMOKE(FileName.Kind.SMOKE, "best", "ms", "worst", "ms"),
  /** Traffic of a port. */
  TRAFFIC(FileName.Kind.TRAF, "in", "B/s", "out", "B/s"),
  /** Radio facts of a port. */
  WIRELESS(FileName.Kind.WIFI, "signal", "dBm", "clients", "");

  private final FileName.Kind kind;
  private final String first;
  private final String firstUnit;
  private final String second;
  private final String secondUnit;

  Measure(FileName.Kind kind, String first, String firstUnit, String second, String secondUnit) {
    this.kind = kind;
    this.first = first;
    this.firstUnit = firstUnit;
    this.second = second;
    this.secondUnit = secondUnit;
  }

  /** Returns the file of a device's or, where it is about one, a port's. */
  FileName file(String device, int port) {
    boolean ofPort = this == TRAFFIC || this == WIRELESS;
    return new FileName(device, kind, ofPort ? port : 0);
  }

  List<String> names() {
    return List.of(first, second);
  }

  List<String> units() {
    return List.of(firstUnit, secondUnit);
  }
}
