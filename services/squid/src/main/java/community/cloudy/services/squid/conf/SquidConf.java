package community.cloudy.services.squid.conf;

import community.cloudy.services.squid.login.LoginPipe;
import community.cloudy.services.squid.settings.Address;
import community.cloudy.services.squid.settings.Pool;
import community.cloudy.services.squid.settings.SquidSettings;
import java.util.List;
import java.util.stream.Stream;

/**
 * Squid's file. It includes no other: what a distribution or a person drops into a folder of
 * Squid's cannot get around the rules.
 */
public final class SquidConf {
  /** The name of the file. */
  public static final String FILE = "squid.conf";

  private static final int LOWEST_RATE = 125;
  private static final String GENTLE =
      " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -XX:ReservedCodeCacheSize=4m"
          + " -Xms2m -Xmx16m -Xss256k -cp";

  private final SquidSettings settings;
  private final Surroundings around;
  private final Lines lines = new Lines();

  private SquidConf(SquidSettings settings, Surroundings around) {
    this.settings = settings;
    this.around = around;
  }

  /**
   * Returns the file.
   *
   * @throws IllegalArgumentException if something cannot be written for Squid
   */
  public static String of(SquidSettings settings, Surroundings around) {
    return new SquidConf(settings, around).write();
  }

  /** Returns a file that is only good for making the folders of the disk cache. */
  public static String forDisk(SquidSettings settings, Surroundings around) {
    SquidConf conf = new SquidConf(settings, around);
    conf.lines.add("http_port", new Word("127.0.0.1:" + settings.port())).add("pid_filename none");
    conf.itself();
    conf.disk();
    return conf.lines.toString();
  }

  private String write() {
    lines.comment("Written by Cloudy from its own settings; what is changed here is lost.");
    ports();
    itself();
    lines.add("pid_filename", Word.of(around.run().resolve("squid.pid")));
    logs();
    lines.add("cache_mem", Word.of(settings.memoryMb()), new Word("MB"));
    disk();
    if (settings.needsLogin()) {
      login();
    }
    new Rules(settings, around, lines).write();
    parents();
    pools();
    return lines.toString();
  }

  private void ports() {
    Word port = Word.of(settings.port());
    if (settings.listen().isEmpty()) {
      lines.add("http_port", port);
      return;
    }
    Stream.concat(Stream.of("127.0.0.1"), settings.listen().stream().map(Address::text))
        .distinct()
        .forEach(address -> lines.add("http_port", new Word(socket(address) + port.text())));
  }

  private static String socket(String address) {
    return address.indexOf(':') >= 0 ? "[" + address + "]:" : address + ":";
  }

  private void itself() {
    lines.add("visible_hostname", new Word(host(around.node())));
    around.user().ifPresent(user -> lines.add("cache_effective_user", new Word(user)));
    settings.contact().ifPresent(contact -> lines.add("cache_mgr", new Word(contact)));
    lines
        .add("coredump_dir", Word.of(around.run()))
        .add("cache_log /dev/null")
        .add("cache_store_log none")
        .add("netdb_filename none")
        .add("pinger_enable off")
        .add("icp_port 0")
        .add("htcp_port 0")
        .add("snmp_port 0")
        .add("shutdown_lifetime 3 seconds")
        .add("forwarded_for delete")
        .add("cachemgr_passwd disable shutdown reconfigure rotate offline_toggle config");
    if (!settings.nameServers().isEmpty()) {
      lines.add(
          "dns_nameservers",
          settings.nameServers().stream().map(Address::text).map(Word::new).toList());
    }
  }

  /** A node's name may hold what the name of a host may not. */
  private static String host(String node) {
    String host = node.replaceAll("[^A-Za-z0-9.-]+", "-").replaceAll("^[.-]+|[.-]+$", "");
    return host.isEmpty() ? "node" : host.substring(0, Math.min(60, host.length()));
  }

  private void logs() {
    Word log = Word.of(around.run().resolve("access.log"));
    String people = settings.logPeople() ? " %un %>a %>rd" : "";
    lines
        .add("logformat cloudy %ts %Ss/%03>Hs %<st" + people)
        .add("access_log stdio:" + log.text() + " logformat=cloudy on-error=drop !manager")
        .add("logfile_rotate 2")
        .add("strip_query_terms on");
  }

  private void disk() {
    if (settings.diskMb() > 0) {
      lines.add(
          "cache_dir aufs",
          Word.of(around.run().resolve("cache")),
          Word.of(settings.diskMb()),
          new Word("16"),
          new Word("256"));
    }
    lines
        .add("maximum_object_size", Word.of(settings.maxObjectMb()), new Word("MB"))
        .add("refresh_pattern ^ftp: 1440 20% 10080")
        .add("refresh_pattern -i (/cgi-bin/|\\?) 0 0% 0")
        .add("refresh_pattern . 0 20% 4320");
  }

  private void login() {
    lines
        .add(
            "auth_param basic program " + Word.of(around.java()).text() + GENTLE,
            Word.of(around.classes()),
            new Word(LoginPipe.class.getName()),
            Word.of(around.door()))
        .add("auth_param basic children 1 startup=1 idle=1 concurrency=1000 queue-size=2000")
        .add("auth_param basic key_extras \"%>a\"")
        .phrase("auth_param basic realm", settings.realm())
        .add(
            "auth_param basic credentialsttl",
            Word.of(settings.recheck().toSeconds()),
            new Word("seconds"))
        .add("auth_param basic casesensitive off");
  }

  private void parents() {
    List<Surroundings.Parent> parents = around.parents();
    for (int i = 0; i < parents.size(); i++) {
      Surroundings.Parent parent = parents.get(i);
      lines.comment("of node " + parent.node());
      lines.add(
          "cache_peer",
          new Word(parent.host()),
          new Word("parent"),
          Word.of(parent.port()),
          new Word("0"),
          new Word("no-query"),
          new Word("no-digest"),
          new Word("no-netdb-exchange"),
          new Word("connect-timeout=5"),
          new Word("connect-fail-limit=2"),
          new Word("name=parent" + i),
          new Word(settings.parents().passLogins() ? "login=PASSTHRU" : "max-conn=100"));
    }
    if (!parents.isEmpty()) {
      lines
          .add("always_direct allow cloudy_networks_there")
          .add("prefer_direct off")
          .add("nonhierarchical_direct off");
    }
    if (!settings.parents().direct()) {
      lines.add("never_direct allow all");
    }
  }

  private void pools() {
    List<Pool> pools = settings.pools();
    if (pools.isEmpty()) {
      return;
    }
    lines.add("delay_pools", Word.of(pools.size()));
    for (int i = 0; i < pools.size(); i++) {
      pool(Word.of(i + 1L), pools.get(i));
    }
  }

  private void pool(Word number, Pool pool) {
    lines
        .add("delay_class", number, new Word("3"))
        .add(
            "delay_parameters",
            number,
            rate(pool.totalKbps()),
            new Word("none"),
            rate(pool.eachKbps()));
    People people = new People("cloudy_pool" + number.text(), pool.logins(), pool.groups());
    people.write(lines);
    List<Word> networks = pool.networks().stream().map(n -> new Word(n.text())).toList();
    String from = networks.isEmpty() ? "" : " cloudy_from" + number.text();
    lines.list("acl cloudy_from" + number.text() + " src", networks);
    String whom = from + people.condition();
    lines.add("delay_access " + number.text() + " allow" + (whom.isEmpty() ? " all" : whom));
    lines.add("delay_access " + number.text() + " deny all");
  }

  private static Word rate(int kbps) {
    long bytes = Math.max(LOWEST_RATE, kbps * 1000L / 8);
    return new Word(kbps == 0 ? "none" : bytes + "/" + 2 * bytes);
  }
}
