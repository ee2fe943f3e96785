package community.cloudy.services.graphs.snmp;

/**
 * A step of looking at a device.
 *
 * @param what was looked at: {@code address}, {@code credential}, {@code answer}, {@code
 *     interfaces}, {@code ports}, {@code counters} or {@code radio}
 * @param ok whether all is well
 * @param found what was found, for people
 */
public record Step(String what, boolean ok, String found) {}
