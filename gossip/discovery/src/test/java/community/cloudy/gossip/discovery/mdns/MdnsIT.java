package community.cloudy.gossip.discovery.mdns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import community.cloudy.gossip.discovery.mdns.Neighbourhood.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our discovery, avahi and stock Serf agents as neighbours, each in a box of its own. */
final class MdnsIT {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final String STOCK = "/usr/bin/serf";
  private static final String COMMUNITY = "Riu-Sec";
  private static final int OURS = 1;
  private static final int THEIRS = 2;
  private static final int THIRD = 3;

  @TempDir private Path folder;
  private Neighbourhood street;
  private Program ours;

  @BeforeEach
  void open() throws Exception {
    street = Neighbourhood.of(folder, THIRD);
    ours = node(OURS, "attic", COMMUNITY, 7946);
  }

  @AfterEach
  void close() throws Exception {
    if (street != null) {
      street.close();
    }
  }

  private Program node(int box, String name, String community, int port) throws Exception {
    return java(box, MdnsNode.class, name, community, String.valueOf(port));
  }

  private Program java(int box, Class<?> main, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return street.start(box, command.toArray(String[]::new));
  }

  private static void soon(ThrowingRunnable assertion) {
    await().atMost(SOON).pollInterval(Duration.ofMillis(300)).untilAsserted(assertion);
  }

  private static List<String> found(Program node) throws Exception {
    return node.text().lines().filter(line -> line.startsWith("found ")).toList();
  }

  private static String found(int box, int port) {
    return "found " + Neighbourhood.address(box) + ":" + port;
  }

  /** Starts avahi in {@code box}, with files and a bus that only it sees. */
  private void avahi(int box) throws Exception {
    assumeTrue(Neighbourhood.exists("avahi-daemon"), "needs avahi-daemon");
    assumeTrue(Neighbourhood.exists("avahi-browse"), "needs avahi-utils");
    assumeTrue(Neighbourhood.exists("dbus-daemon"), "needs dbus");
    Path bus =
        Files.writeString(
            folder.resolve("bus.conf"),
            """
            <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
              "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig><type>system</type><listen>unix:path=%s</listen><auth>EXTERNAL</auth>
            <policy context="default"><allow send_destination="*" eavesdrop="true"/>
            <allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
            """
                .formatted(folder.resolve("bus")));
    Path config =
        Files.writeString(
            folder.resolve("avahi.conf"),
            """
            [server]
            host-name=shed
            use-ipv4=yes
            use-ipv6=no
            allow-interfaces=eth0
            [wide-area]
            enable-wide-area=no
            [publish]
            publish-hinfo=no
            publish-workstation=no
            publish-aaaa-on-ipv4=no
            """);
    street.start(box, "dbus-daemon", "--config-file=" + bus, "--nofork", "--nopidfile");
    soon(() -> assertThat(folder.resolve("bus")).exists());
    // "ip netns exec" has given it mounts of its own.
    String script =
        "mkdir -p /run/avahi-daemon && mount -t tmpfs tmpfs /run/avahi-daemon"
            + " && exec avahi-daemon -f \"$0\" --no-chroot --no-drop-root";
    Program daemon = street.start(box, "env", onBus(), "sh", "-c", script, config.toString());
    soon(() -> assertThat(daemon.text()).contains("Server startup complete"));
  }

  private String onBus() {
    return "DBUS_SYSTEM_BUS_ADDRESS=unix:path=" + folder.resolve("bus");
  }

  private String browsed(String type) throws Exception {
    return street.run(THEIRS, "env", onBus(), "avahi-browse", "-rtp", type);
  }

  private Program avahiPublishes(String name, String type, int port, String text) throws Exception {
    return street.start(
        THEIRS, "env", onBus(), "avahi-publish", "-s", name, type, String.valueOf(port), text);
  }

  @Test
  void avahiSeesThisNodeAndItsServices() throws Exception {
    avahi(THEIRS);
    String ourHost = ";local;cloudy-attic-0001.local;10.98.0.1;";
    soon(
        () ->
            assertThat(browsed("_serf_Riu-Sec._tcp"))
                .contains("=;eth0;IPv4;attic;_serf_Riu-Sec._tcp" + ourHost + "7946;")
                .contains("\"Serf 'Riu-Sec' cluster\""));
    soon(
        () ->
            assertThat(browsed("_cloudy._tcp"))
                .contains("=;eth0;IPv4;attic;_cloudy._tcp" + ourHost + "7946;")
                .contains("\"community=Riu-Sec\"")
                .contains("\"version=0.1\"")
                .contains("\"key=abcdef\""));

    ours.say("publish /files");
    String service = "=;eth0;IPv4;Els\\032meus\\032fitxers\\0322-0;Web Site" + ourHost + "8080;";
    soon(() -> assertThat(browsed("_http._tcp")).contains(service + "\"path=/files\""));
    ours.say("publish /moved");
    soon(() -> assertThat(browsed("_http._tcp")).contains(service + "\"path=/moved\""));
    ours.say("withdraw");
    soon(() -> assertThat(browsed("_http._tcp")).doesNotContain("Els"));

    ours.process().getOutputStream().close();
    assertThat(ours.awaitExit()).isZero();
    assertThat(ours.text()).contains("closed");
    soon(() -> assertThat(browsed("_cloudy._tcp")).doesNotContain("attic"));
  }

  @Test
  void findsOnlyItsCommunityAmongWhatAvahiPublishes() throws Exception {
    avahi(THEIRS);
    avahiPublishes("foreign", "_serf_Other._tcp", 7950, "Serf 'Other' cluster");
    avahiPublishes("strange", "_cloudy._tcp", 7951, "community=Other");
    Program serf = avahiPublishes("ours", "_serf_Riu-Sec._tcp", 7952, "Serf 'Riu-Sec' cluster");
    avahiPublishes("cloudy", "_cloudy._tcp", 7953, "community=Riu-Sec");
    soon(
        () ->
            assertThat(found(ours))
                .containsExactlyInAnyOrder(found(THEIRS, 7952), found(THEIRS, 7953)));

    serf.process().destroy();
    serf.awaitExit();
    soon(() -> assertThat(browsed("_serf_Riu-Sec._tcp")).doesNotContain("ours"));
    avahiPublishes("ours", "_serf_Riu-Sec._tcp", 7954, "Serf 'Riu-Sec' cluster");
    soon(() -> assertThat(found(ours)).hasSize(3).contains(found(THEIRS, 7954)));
  }

  @Test
  void stockSerfFindsUsAndWeFindIt() throws Exception {
    assumeTrue(Files.isExecutable(Path.of(STOCK)), "needs the stock serf binary at " + STOCK);
    Program witness = node(THIRD, "shed", COMMUNITY, 7947);
    soon(() -> assertThat(found(witness)).containsExactly(found(OURS, 7946)));
    witness.process().getOutputStream().close();
    assertThat(witness.awaitExit()).isZero();
    Program stock =
        street.start(
            THEIRS,
            STOCK,
            "agent",
            "-node=stock",
            "-bind=10.98.0.2:7946",
            "-iface=eth0",
            "-discover=" + COMMUNITY,
            "-log-level=debug");
    // Nobody answers there, for discovery alone gossips not.
    soon(
        () ->
            assertThat(stock.text()).contains("Failed to join 10.98.0.1: dial tcp 10.98.0.1:7946"));
    soon(() -> assertThat(found(ours)).contains(found(THEIRS, 7946)));
    Program foreign =
        street.start(
            THIRD,
            STOCK,
            "agent",
            "-node=foreign",
            "-bind=10.98.0.3:7946",
            "-iface=eth0",
            "-discover=Other",
            "-log-level=debug");
    soon(() -> assertThat(foreign.text()).contains("agent.mdns: Joined"));
    assertThat(foreign.text()).doesNotContain("10.98.0.1:7946");
    assertThat(found(ours)).doesNotContain(found(THIRD, 7946));
  }

  @Test
  void ourNodesFindEachOtherAndNotThemselves() throws Exception {
    Program second = node(THEIRS, "shed", COMMUNITY, 7947);
    Program foreign = node(THIRD, "barn", "Other", 7948);
    soon(() -> assertThat(found(ours)).containsExactly(found(THEIRS, 7947)));
    soon(() -> assertThat(found(second)).containsExactly(found(OURS, 7946)));
    soon(() -> assertThat(foreign.text()).contains("state=open"));
    assertThat(found(foreign)).isEmpty();

    second.process().getOutputStream().close();
    assertThat(second.awaitExit()).isZero();
    node(THEIRS, "shed", COMMUNITY, 7949);
    soon(() -> assertThat(found(ours)).containsExactly(found(THEIRS, 7947), found(THEIRS, 7949)));
  }

  @Test
  void aPacketThatEndsJmdnsDoesNotEndDiscovery() throws Exception {
    soon(() -> assertThat(ours.text()).contains("state=open"));
    // An answer with an IPv6 address of four bytes: jmdns 3.6.5 stops listening for good.
    String packet = "0000" + "8400" + "0000" + "0001" + "00000000" + "016105" + "6c6f63616c00";
    String record = "001c" + "0001" + "00000078" + "0004" + "0a620002";
    assertThat(java(THEIRS, Shout.class, packet + record).awaitExit()).isZero();
    soon(() -> assertThat(ours.text()).contains("ClassCastException"));
    Program second = node(THEIRS, "shed", COMMUNITY, 7947);
    soon(() -> assertThat(found(second)).containsExactly(found(OURS, 7946)));
  }
}
