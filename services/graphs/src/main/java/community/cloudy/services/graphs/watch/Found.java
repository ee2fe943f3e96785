package community.cloudy.services.graphs.watch;

/**
 * An interface that was found on a device.
 *
 * @param index its ifIndex at that moment
 * @param name its ifName, which no other interface of the device has
 * @param title its ifAlias; may be empty
 */
public record Found(int index, String name, String title) {}
