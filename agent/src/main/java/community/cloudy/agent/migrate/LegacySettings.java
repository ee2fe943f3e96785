package community.cloudy.agent.migrate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** What the keys of each old file are called now. */
final class LegacySettings {
  private static final String HOST = "[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?";
  private static final String PORT = "[1-9][0-9]{0,4}";
  private static final String NUMBER = "[0-9]{1,8}";

  private LegacySettings() {}

  /** One file's keys; those that are asked for are dealt with, the rest is told of at the end. */
  private record Old(String file, Map<String, String> values, Findings findings, Set<String> done) {
    static Old of(String file, Map<String, String> values, Findings findings) {
      return new Old(file, values, findings, new HashSet<>());
    }

    /** Does something with a value that has the form, and leaves any other. */
    Old with(String key, String form, BiConsumer<String, String> use) {
      String value = values.getOrDefault(key, "");
      done.add(key);
      if (value.isEmpty()) {
        return this;
      } else if (value.matches(form)) {
        use.accept(key, value);
      } else {
        findings.leave(file, key, "has a value that is not understood");
      }
      return this;
    }

    Old to(String key, String form, String target) {
      return with(key, form, (k, value) -> findings.carry(file, k, target, value));
    }

    Old number(String key, String target) {
      return with(key, NUMBER, (k, v) -> findings.carry(file, k, target, Integer.parseInt(v)));
    }

    Old leave(String why, String... keys) {
      for (String key : keys) {
        done.add(key);
        if (!values.getOrDefault(key, "").isEmpty()) {
          findings.leave(file, key, why);
        }
      }
      return this;
    }

    void rest() {
      values.keySet().stream()
          .filter(key -> !done.contains(key))
          .forEach(key -> findings.leave(file, key, "has no counterpart"));
    }
  }

  static void cloudy(String file, Map<String, String> values, Findings findings) {
    String port = values.getOrDefault("PORT", "7000");
    Old.of(file, values, findings)
        .with(
            "PORT",
            PORT,
            (key, value) -> findings.carry(file, key, "api.listen", "127.0.0.1:" + port))
        .with(
            "BINDIP",
            ".*",
            (key, value) -> {
              if (!value.equals("127.0.0.1")) {
                findings.leave(
                    file, key, "the API stays on loopback; to open it, set api.listen and api.tls");
              }
            })
        .leave("make users with cloudy user add; its hash is too weak to keep", "LOGIN", "PASSWORD")
        .leave("people log in by the directory or as users of the node", "SSHAUTH")
        .leave("set gossip.bind to its address if the node has several", "PRIMARYINTERFACE")
        .leave("set api.tls", "PORT_SSL", "ALLOWHTTP")
        .leave("is not needed", "SERVER", "OPTS", "DOCROOT")
        .rest();
  }

  static void serf(String file, Map<String, String> values, Findings findings) {
    findings.put("gossip.profile", "wan");
    Old.of(file, values, findings)
        .with(
            "SERF_BIND",
            "(" + HOST + ":)?" + PORT,
            (key, value) ->
                findings.carry(
                    file, key, "gossip.bind", value.contains(":") ? value : "0.0.0.0:" + value))
        .with(
            "SERF_JOIN",
            HOST + ":" + PORT,
            (key, value) -> findings.carry(file, key, "gossip.join", List.of(value)))
        .to("SERF_RPC_ADDR", HOST + ":" + PORT, "gossip.rpc")
        .with(
            "ADVERTISE_IP",
            HOST,
            (key, value) ->
                findings.carry(
                    file,
                    key,
                    "gossip.advertise",
                    value + ":" + values.getOrDefault("SERF_BIND", "5000").replaceAll(".*:", "")))
        .to("AGENTPROFILE", "lan|wan|local", "gossip.profile")
        .leave("set gossip.bind to its address", "SERF_INTERFACE")
        .leave("the agent's log goes to the system's", "SERF_LOG")
        .rest();
  }

  static void proxy(String file, Map<String, String> values, Findings findings) {
    findings.put("services.squid.enabled", true);
    List<String> servers = new ArrayList<>();
    BiConsumer<String, String> server =
        (key, value) -> {
          servers.add("ldaps://" + value.toLowerCase(Locale.ROOT));
          findings.carry(file, key, "auth.ldap.servers", servers);
        };
    Old.of(file, values, findings)
        .number("cache_size", "services.squid.disk_mb")
        .number("cache_mem", "services.squid.memory_mb")
        .number("node", "services.squid.federation.proxy")
        .to("realm", "[A-Za-z0-9][A-Za-z0-9 .,:()_-]{0,59}", "services.squid.realm")
        .to("manager", "[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,128}", "services.squid.contact")
        .with("ldap_main", HOST, server)
        .with("ldap_backup", HOST, server)
        .leave(
            "fetch the list with curl BASE_URL/guifi/export/NODE/federation and give it to cloudy"
                + " proxy federation --import -",
            "base_url")
        .leave("Squid's own pages are in the browser's language", "language")
        .rest();
    if (!servers.isEmpty()) {
      findings.put("auth.ldap.base", "o=proxyusers,dc=guifi,dc=net");
      findings.leave(
          file,
          "",
          "the account for the directory stood in a script that all nodes share: ask for one, and"
              + " set auth.ldap.bind_dn and bind_password_file");
    }
  }

  static void dns(String file, Map<String, String> values, Findings findings) {
    findings.put("services.bind.enabled", true);
    String url = values.getOrDefault("DNSDataServer_url", "");
    Old.of(file, values, findings)
        .with(
            "DNSGraphServerId",
            NUMBER,
            (key, value) -> {
              if (url.matches("https?://" + HOST + "(:" + PORT + ")?/?")) {
                String from = url.replaceAll("/$", "") + "/guifi/";
                String domains = from + "cnml/" + value + "/domains";
                findings.carry(file, key, "services.bind.guifi.domains", domains);
              } else {
                findings.leave(file, key, "goes with DNSDataServer_url, which is not understood");
              }
            })
        .with("DNSDataServer_url", "https?://.*", (key, value) -> {})
        .leave("put what is yours in services.bind.zones or .include", "master_dir", "slave_dir")
        .leave("the module runs BIND with rights of its own", "chroot")
        .rest();
  }

  static void graphs(String file, Map<String, String> values, Findings findings) {
    Old.of(file, values, findings)
        .leave("keep it for the graphs' module, which is not there yet", "SNPGraphServerId")
        .leave("keep its folder: graphs go on from it", "rrddb_path")
        .rest();
  }

  static void guifi(String file, Map<String, String> values, Findings findings) {
    Old.of(file, values, findings)
        .leave("is a secret and stays where it is; log in to guifi.net anew", "TOKEN", "USERNAME")
        .leave("is known to guifi.net", "NODEID", "NODENAME", "DEVICEID")
        .rest();
  }
}
