package community.cloudy.services.syncthing;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/** Syncthing's own options as they follow from the settings, by Syncthing's names. */
final class Options {
  private Options() {}

  /**
   * Returns each as the text that its configuration holds.
   *
   * @param node the node's address; one that only talks to itself listens to itself only
   */
  static Map<String, String> of(SyncthingSettings settings, InetAddress node) {
    String host = node.isLoopbackAddress() ? node.getHostAddress() : "0.0.0.0";
    Map<String, String> options = new LinkedHashMap<>();
    options.put("listenAddress", "tcp://%s:%d".formatted(host, settings.port()));
    options.put("globalAnnounceEnabled", String.valueOf(settings.globalDiscovery()));
    options.put("localAnnounceEnabled", String.valueOf(settings.localDiscovery()));
    options.put("relaysEnabled", String.valueOf(settings.relays()));
    options.put("natEnabled", String.valueOf(settings.nat()));
    options.put("stunKeepaliveStartS", settings.nat() ? "180" : "0");
    // 3 is the version of the report that is agreed to, -1 a refusal for good.
    options.put("urAccepted", settings.usageReports() ? "3" : "-1");
    options.put("urSeen", "3");
    options.put("crashReportingEnabled", String.valueOf(settings.crashReports()));
    // Debian upgrades it.
    options.put("autoUpgradeIntervalH", "0");
    options.put("startBrowser", "false");
    options.put("announceLANAddresses", "false");
    options.put("reconnectionIntervalS", "10");
    return options;
  }
}
