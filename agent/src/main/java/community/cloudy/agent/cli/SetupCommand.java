package community.cloudy.agent.cli;

import community.cloudy.agent.setup.Answers;
import community.cloudy.agent.setup.FirstConfig;
import community.cloudy.agent.setup.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks what a node needs to know, and writes its first configuration. */
@Command(
    name = "setup",
    description = {
      "Asks what this node needs to know and writes its configuration, with comments.",
      "What an option says is not asked. With --yes nothing is: what is not said has its default."
    })
final class SetupCommand implements Callable<Integer> {
  private static final Path FILE = Path.of("/etc/cloudy/cloudy.yaml");
  private static final String PORT = ":7946";

  private final Cloudy cloudy;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "The configuration to write (default: /etc/cloudy/cloudy.yaml).")
  private Path file = FILE;

  @Option(
      names = "--root",
      paramLabel = "FOLDER",
      hidden = true,
      description = "Where the machine's files are.")
  private Path root = Path.of("/");

  @Option(
      names = {"-y", "--yes"},
      description = "Asks nothing.")
  private boolean yes;

  @Option(names = "--force", description = "Replaces a configuration that is there.")
  private boolean force;

  @Option(names = "--name", description = "The node's name (default: the machine's).")
  private Optional<String> name = Optional.empty();

  @Option(names = "--community", description = "The community's name.")
  private Optional<String> community = Optional.empty();

  @Option(
      names = "--bind",
      paramLabel = "WHERE",
      description = "An interface, an address or host:port to gossip at (default: all, port 7946).")
  private Optional<String> bind = Optional.empty();

  @Option(
      names = "--join",
      paramLabel = "ADDRESS",
      description = "Another node, host[:port]. May be repeated.")
  private List<String> join = new ArrayList<>();

  @Option(
      names = "--no-mdns",
      description = "Neither finds nodes on the same link nor is found there.")
  private boolean noMdns;

  @Option(
      names = "--profile",
      paramLabel = "lan|wan|mesh",
      description = "The kind of network: mesh for links that lose packets (default: lan).")
  private Optional<String> profile = Optional.empty();

  @Option(
      names = "--key",
      paramLabel = "new|none|FILE",
      description =
          "The gossip key (default: gossip.key beside the configuration if it is there; else a new"
              + " one, or none with --join).")
  private Optional<String> key = Optional.empty();

  @Option(
      names = "--ldap",
      paramLabel = "URL",
      description = "A server of the community's directory, ldaps://HOST. May be repeated.")
  private List<String> ldap = new ArrayList<>();

  @Option(
      names = "--ldap-base",
      paramLabel = "DN",
      description = "Below which the people of the directory are.")
  private Optional<String> ldapBase = Optional.empty();

  @Option(
      names = "--engine",
      paramLabel = "none|SOCKET",
      description = "The container engine's socket (default: none).")
  private Optional<String> engine = Optional.empty();

  SetupCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public Integer call() {
    Surroundings around = Surroundings.look(root);
    Questions questions = new Questions(cloudy, yes);
    mayReplace(questions);
    tell(around);
    Answers answers = ask(questions, around);
    boolean renamed = around.nodeName().filter(kept -> !kept.equals(answers.name())).isPresent();
    if (renamed) {
      mayRename(around.nodeName().orElseThrow());
    }
    write(answers.yaml());
    say("Written: " + file);
    return file.equals(FILE) ? new SetupEnd(cloudy).start(answers, renamed) : 0;
  }

  /** A node that a package has just started knows nobody, so it may still get another name. */
  private void mayRename(String kept) {
    if (cloudy.client().get("/v1/members").path("total").asInt() > 1) {
      throw new CliException(
          Cloudy.FAILED,
          "This node is %1$s to others, who keep its key by that name. Use --name %1$s."
              .formatted(kept));
    }
  }

  private void mayReplace(Questions questions) {
    try {
      if (force || new FirstConfig(file).setsNothing()) {
        return;
      }
    } catch (IOException e) {
      throw failed(e);
    }
    if (yes || !questions.agree("There is a configuration in " + file + ". Replace it?", false)) {
      throw new CliException(
          Cloudy.FAILED,
          "Left " + file + " as it is. Replace it with --force; the old one is kept beside it.");
    }
  }

  private void tell(Surroundings around) {
    around.addresses().forEach((card, address) -> say("Interface " + card + ": " + address));
    around.engine().ifPresent(socket -> say("Container engine: " + socket));
    around.programs().forEach((program, path) -> say("Found " + program + ": " + path));
    if (!around.missing().isEmpty()) {
      say(
          "Not here, and not needed before a module wants it: "
              + String.join(", ", around.missing()));
    }
    if (around.legacy()) {
      say("An older Cloudy was set up here: cloudy migrate shows what can be carried over.");
    }
  }

  private void say(String line) {
    cloudy.out().println(line);
  }

  private Answers ask(Questions ask, Surroundings around) {
    String node = ask.text(name, "Name of this node", around.usualName());
    String with = ask.text(community, "Name of the community", "");
    String where = address(ask.text(bind, "Interface or address to gossip at", "all"), around);
    List<String> others =
        ask.list(join, "Addresses of other nodes, or none to be found on the same link");
    boolean mdns = !noMdns && ask.agree("Find nodes of the community on the same link?", true);
    String network =
        ask.text(profile, "Network: lan, wan, or mesh for links that lose packets", "lan");
    Optional<Path> secret =
        keyFile(ask.text(key, "Gossip key: a file, new or none", usualKey(others)));
    List<String> servers = ask.list(ldap, "Servers of the directory (ldaps://HOST), or none");
    String base =
        servers.isEmpty() ? "" : ask.text(ldapBase, "Base of its people, such as dc=example", "");
    return new Answers(
        node, with, where, others, mdns, network, secret, servers, base, engine(ask, around));
  }

  private static String address(String text, Surroundings around) {
    String host = text.equals("all") ? "0.0.0.0" : around.addresses().getOrDefault(text, text);
    return host.matches(".*:[0-9]+") ? host : host + PORT;
  }

  private Optional<Path> engine(Questions ask, Surroundings around) {
    if (engine.isPresent()) {
      return engine.filter(socket -> !socket.equals("none")).map(Path::of);
    }
    // Its socket is as good as root, so nobody gets it who did not say so.
    return around
        .engine()
        .filter(
            socket -> ask.agree("Manage containers by " + socket + ", with root's rights?", false));
  }

  private String usualKey(List<String> others) {
    Path own = new FirstConfig(file).keyFile();
    if (Files.exists(own)) {
      return own.toString();
    }
    return others.isEmpty() ? "new" : "none";
  }

  private Optional<Path> keyFile(String answer) {
    if (answer.equals("none")) {
      return Optional.empty();
    }
    if (!answer.equals("new")) {
      return Optional.of(Path.of(answer));
    }
    FirstConfig config = new FirstConfig(file);
    if (Files.exists(config.keyFile())) {
      throw new CliException(
          Cloudy.FAILED,
          "Made no new key: there is one in %1$s. Name it with --key %1$s, or move it away."
              .formatted(config.keyFile()));
    }
    try {
      config.writeKey(KeygenCommand.key());
    } catch (IOException e) {
      throw failed(e);
    }
    say("Written: " + config.keyFile() + ". Copy it to every node of the community.");
    return Optional.of(config.keyFile());
  }

  private void write(String yaml) {
    try {
      new FirstConfig(file).write(yaml);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private CliException failed(IOException e) {
    return new CliException(
        Cloudy.FAILED,
        "Could not set up %s: %s. Run this as root, or name another with --file."
            .formatted(file, e.getMessage()));
  }
}
