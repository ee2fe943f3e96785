package community.cloudy.services.graphs.snpservices;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the services say of themselves. */
final class Help {
  /** The version of snpservices whose manner this is. */
  static final String VERSION = "0.2.3";

  private static final String RANGE =
      """
        start=-<seconds>
          how far back it begins, 86400 if not given
        end=-<seconds>
          how far back it ends, 300 if not given
      """;

  private static final Map<String, String> SERVICES =
      new TreeMap<>(
          Map.of(
              "availability",
              """
              availability

              a PNG badge with the state of a device and how much of the last week it answered
              parameters:
                device=<device id>
                format=long|short
                  long if not given

              """,
              "example",
              """
              example

              says hello

              """,
              "graph",
              """
              graph

              a PNG picture
              parameters:
                type=pings|clients|supernode|device
                node=<node id>
                device=<device id>
                  for pings, device and clients
                direction=in|out
                  for supernode and clients
                numcli=<number>|max
                  how many clients are shown, 10 if not given
                width=<pixels>
                  of the plot, 600 if not given
                height=<pixels>
                  of the plot, 120 if not given
                thumb
                  only the plot
              """
                  + RANGE
                  + "\n",
              "liveping",
              """
              liveping

              pings a device that this server watches, now
              parameters:
                ip=<address>
                count=<number>
                  1 to 10, 5 if not given

              """,
              "livetraceroute",
              """
              livetraceroute

              traces the way to a device that this server watches, now
              parameters:
                ip=<address>

              """,
              "stats",
              """
              stats

              statistics, a line a device
              parameters:
                devices=<device id>[,<device id>...]
                  all that were seen within twelve hours if not given
                traffic_start=-<seconds>
                  how far back traffic is summed, 31536000 if not given
                traffic_end=-<seconds>
                  300 if not given

              """));

  private Help() {}

  /** Returns what a service says of itself. */
  static Optional<String> of(String service) {
    return Optional.ofNullable(SERVICES.get(service));
  }

  /** Returns what there is to know. */
  static String all() {
    StringBuilder help =
        new StringBuilder(
            """
            CNML services
            Version: %s
            USAGE:
            index.php?call=[service][&parameter[=value]]

            services: help version serverinfo [service]
              info
                with a service, tells its parameters

            Available services:
            """
                .formatted(VERSION));
    help.append(String.join("|", SERVICES.keySet())).append("\n\nServices description:\n\n");
    SERVICES.values().forEach(text -> help.append("-".repeat(62)).append('\n').append(text));
    return help.toString();
  }
}
