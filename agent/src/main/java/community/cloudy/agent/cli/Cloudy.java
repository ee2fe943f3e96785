package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.config.ConfigException;
import community.cloudy.agent.config.ConfigFiles;
import community.cloudy.agent.json.Json;
import community.cloudy.agent.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code cloudy} command, and what its subcommands share. */
@Command(
    name = "cloudy",
    description = "A node of the community cloud.",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:refused or failed",
      "2:wrong use",
      "3:the agent cannot be reached"
    })
public final class Cloudy implements Runnable {
  static final int FAILED = 1;
  static final int WRONG_USE = 2;
  static final int UNREACHABLE = 3;

  private static final String DEFAULT_API = "unix:/run/cloudy/cloudy.sock";

  private final String version;
  private final Map<String, String> environment;
  private final InputStream in;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      description = "How results are printed (default: table).",
      scope = ScopeType.INHERIT)
  private Format format = Format.TABLE;

  @Option(
      names = "--api",
      paramLabel = "ADDRESS",
      description =
          "The agent's API: unix:PATH, http://HOST:PORT or https://HOST:PORT (default: $CLOUDY_API,"
              + " else "
              + DEFAULT_API
              + ").",
      scope = ScopeType.INHERIT)
  private String api = "";

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "Certificates (PEM) to trust with https (default: $CLOUDY_CA, else Java's own).",
      scope = ScopeType.INHERIT)
  private Optional<Path> ca = Optional.empty();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "A file with the token that says who you are (default: $CLOUDY_TOKEN_FILE, else what"
              + " cloudy login left). Over a socket none is needed.",
      scope = ScopeType.INHERIT)
  private Optional<Path> tokenFile = Optional.empty();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.",
      scope = ScopeType.INHERIT)
  void help(boolean wanted) {
    // The command line answers this by itself.
  }

  /** How results are printed. */
  enum Format {
    /** Columns, for people. */
    TABLE,
    /** What the API said, for programs. */
    JSON
  }

  private Cloudy(String version, Map<String, String> environment, InputStream in) {
    this.version = version;
    this.environment = environment;
    this.in = in;
  }

  /**
   * Runs one command, on this process's standard streams.
   *
   * @param version of the software
   * @param agent runs agents
   * @return the exit code
   */
  public static int run(String version, AgentRunner agent, String... args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    return run(version, agent, System.getenv(), System.in, out, err, args);
  }

  static int run(
      String version,
      AgentRunner agent,
      Map<String, String> environment,
      InputStream in,
      PrintWriter out,
      PrintWriter err,
      String... args) {
    if (args.length > 0 && args[0].equals("class-archive")) {
      return agent.rehearse(args.length > 1);
    }
    Optional<ConfigFiles> files = AgentLine.parse(args);
    if (files.isPresent()) {
      return run(agent, files.get(), err);
    }
    return commands(new Cloudy(version, environment, in), agent)
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler((failure, line, result) -> failed(failure, err))
        .execute(args);
  }

  private static int run(AgentRunner agent, ConfigFiles files, PrintWriter err) {
    try {
      return agent.run(files);
    } catch (RuntimeException e) {
      return failed(e, err);
    }
  }

  /** Returns all commands, for manuals and shells that complete them; none is run. */
  public static CommandLine commands(AgentRunner agent) {
    return commands(new Cloudy("", Map.of(), InputStream.nullInputStream()), agent);
  }

  private static CommandLine commands(Cloudy cloudy, AgentRunner agent) {
    return new CommandLine(cloudy)
        .addSubcommand(new AgentCommand(agent))
        .addSubcommand(new SetupCommand(cloudy))
        .addSubcommand(new MigrateCommand(cloudy))
        .addSubcommand(new SquidAuthCommand(cloudy))
        .addSubcommand(new ProxyCommand(cloudy))
        .addSubcommand(new MembersCommand(cloudy))
        .addSubcommand(new ServicesCommand(cloudy))
        .addSubcommand(new AnnounceCommand(cloudy))
        .addSubcommand(new WithdrawCommand(cloudy))
        .addSubcommand(new WhyCommand(cloudy))
        .addSubcommand(new TrustCommand(cloudy))
        .addSubcommand(new JoinCommand(cloudy))
        .addSubcommand(new LeaveCommand(cloudy))
        .addSubcommand(new ForceLeaveCommand(cloudy))
        .addSubcommand(new TagsCommand(cloudy))
        .addSubcommand(new RttCommand(cloudy))
        .addSubcommand(new EventCommand(cloudy))
        .addSubcommand(new QueryCommand(cloudy))
        .addSubcommand(new AnswerCommand(cloudy))
        .addSubcommand(new MonitorCommand(cloudy))
        .addSubcommand(new KeysCommand(cloudy))
        .addSubcommand(new KeygenCommand(cloudy))
        .addSubcommand(new LoginCommand(cloudy))
        .addSubcommand(new LogoutCommand(cloudy))
        .addSubcommand(new WhoamiCommand(cloudy))
        .addSubcommand(new TokenCommand(cloudy))
        .addSubcommand(new UserCommand(cloudy))
        .addSubcommand(new LdapCommand(cloudy))
        .addSubcommand(new AuditCommand(cloudy))
        .addSubcommand(new ReloadCommand(cloudy))
        .addSubcommand(new ModuleCommand(cloudy))
        .addSubcommand(new SyncCommand(cloudy))
        .addSubcommand(new VideoCommand(cloudy))
        .addSubcommand(new GraphsCommand(cloudy))
        .addSubcommand(new DnsCommand(cloudy))
        .addSubcommand(new StackCommand(cloudy))
        .addSubcommand(new AppCommand(cloudy))
        .addSubcommand(new CatalogueCommand(cloudy))
        .addSubcommand(new BackupCommand(cloudy))
        .addSubcommand(new RestoreCommand(cloudy))
        .addSubcommand(withArguments(new RunCommand(cloudy)))
        .addSubcommand(new PsCommand(cloudy))
        .addSubcommand(new LogsCommand(cloudy))
        .addSubcommand(new AdoptCommand(cloudy))
        .addSubcommand(new StartCommand(cloudy))
        .addSubcommand(new StopCommand(cloudy))
        .addSubcommand(new RestartCommand(cloudy))
        .addSubcommand(new RmCommand(cloudy))
        .addSubcommand(withArguments(new ExecCommand(cloudy)))
        .addSubcommand(new StatsCommand(cloudy))
        .addSubcommand(new ImagesCommand(cloudy))
        .addSubcommand(new PullCommand(cloudy))
        .addSubcommand(new VolumesCommand(cloudy))
        .addSubcommand(new EngineCommand(cloudy))
        .addSubcommand(new DoctorCommand(cloudy))
        .addSubcommand(new ConfigCommand(cloudy))
        .addSubcommand(new VersionCommand(cloudy))
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  /** Returns a command whose own options come first: what follows is for the program it runs. */
  private static CommandLine withArguments(Object command) {
    return new CommandLine(command).setStopAtPositional(true);
  }

  private static int failed(Exception failure, PrintWriter err) {
    if (failure instanceof CliException known) {
      err.println(known.getMessage());
      return known.exitCode();
    }
    if (failure instanceof ConfigException wrong) {
      err.println(wrong.getMessage());
      return WRONG_USE;
    }
    err.println("Could not do this: " + failure);
    return FAILED;
  }

  /** Explains that a command is missing. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  ApiClient client() {
    String named = api.isEmpty() ? variable("CLOUDY_API") : api;
    ApiAddress address = ApiAddress.parse(named.isEmpty() ? DEFAULT_API : named);
    return new ApiClient(
        address,
        ca.or(() -> file("CLOUDY_CA")),
        address.isSocket() ? Optional.empty() : token(address));
  }

  private Optional<String> token(ApiAddress address) {
    Optional<Path> file = tokenFile.or(() -> file("CLOUDY_TOKEN_FILE"));
    return file.isPresent()
        ? Optional.of(read(file.get()))
        : credentials().find(address).map(Credentials.Kept::token);
  }

  private static String read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String token = new String(in.readNBytes(1024), StandardCharsets.US_ASCII).strip();
      if (!token.matches("[!-~]{1,256}")) {
        throw new CliException(WRONG_USE, "There is no token in " + file + ".");
      }
      return token;
    } catch (IOException e) {
      throw new CliException(
          FAILED, "Could not read the token: " + e.getMessage() + ". Check --token-file.");
    }
  }

  private Optional<Path> file(String variable) {
    return Optional.of(variable(variable)).filter(text -> !text.isEmpty()).map(Path::of);
  }

  private String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  Credentials credentials() {
    return new Credentials(environment);
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  PrintWriter err() {
    return spec.commandLine().getErr();
  }

  InputStream in() {
    return in;
  }

  /** Prints {@code sentence} for people, or {@code answer} where JSON is wanted. */
  void print(JsonNode answer, String sentence) {
    if (wantsJson()) {
      printJson(answer);
    } else {
      out().println(Printable.of(sentence));
    }
  }

  /** Prints one of many: {@code sentence} for people, or {@code answer} as JSON on a line. */
  void printLine(JsonNode answer, String sentence) {
    out()
        .println(
            wantsJson()
                ? new String(Json.write(answer), StandardCharsets.UTF_8)
                : Printable.of(sentence));
  }

  void printJson(JsonNode answer) {
    out().println(new String(Json.pretty(answer), StandardCharsets.UTF_8));
  }

  boolean wantsJson() {
    return format == Format.JSON;
  }

  String version() {
    return version;
  }
}
