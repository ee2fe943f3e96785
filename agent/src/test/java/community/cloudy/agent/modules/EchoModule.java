package community.cloudy.agent.modules;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.gossip.discovery.ServiceSpec;
import community.cloudy.services.spi.Access;
import community.cloudy.services.spi.Descriptor;
import community.cloudy.services.spi.ModuleContext;
import community.cloudy.services.spi.Resource;
import community.cloudy.services.spi.RunMode;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import community.cloudy.services.spi.ServiceInstance;
import community.cloudy.services.spi.ServiceModule;
import community.cloudy.services.spi.Status;
import community.cloudy.services.spi.settings.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A module of the tests: it says what it is told to, and refuses to say "bad". */
public final class EchoModule implements ServiceModule<EchoModule.Words, EchoModule.Echo> {
  /** What can be set. */
  public record Words(
      @Setting(value = "What it says", fallback = "hello", max = 40) String word,
      @Setting("More words") List<String> more) {}

  @Override
  public Descriptor descriptor() {
    return new Descriptor(
        "echo",
        Map.of("en", "Echo"),
        Map.of("en", "Says what it is told to."),
        Set.of(RunMode.EXTERNAL),
        Set.of("echo"));
  }

  @Override
  public Class<Words> settings() {
    return Words.class;
  }

  @Override
  public Echo start(Words settings, ModuleContext context) {
    return new Echo(checked(settings));
  }

  private static Words checked(Words words) {
    if (words.word().equals("bad")) {
      throw new ServiceException(Code.FAILED, "Could not say bad: it is a bad word.");
    }
    return words;
  }

  @Override
  public List<Resource<Echo>> resources() {
    return List.of(
        Resource.get(
            Access.VIEWER,
            "/word",
            Set.of("times"),
            "Tells the word.",
            (echo, call) ->
                Resource.Answer.json(
                    TextNode.valueOf(
                        echo.words
                            .word()
                            .repeat(Integer.parseInt(call.query().getOrDefault("times", "1")))))),
        Resource.change(
            "POST",
            Access.OPERATOR,
            "/letters/{letter}",
            "letter.add",
            "Adds a letter.",
            (echo, call) -> {
              echo.letters = echo.letters + call.at("letter") + call.text("mark");
              return Resource.Answer.json(
                  JsonNodeFactory.instance.objectNode().put("letters", echo.letters));
            }));
  }

  /** The module at work. */
  public static final class Echo implements ServiceInstance<Words> {
    private volatile Words words;
    private volatile String letters = "";

    private Echo(Words words) {
      this.words = words;
    }

    @Override
    public void reload(Words settings) {
      words = checked(settings);
    }

    @Override
    public Status status() {
      ServiceSpec spec =
          ServiceSpec.of(
              "echo",
              "echo",
              "Echo",
              words.word(),
              List.of(new ServiceEndpoint("tcp", "", 7, "")),
              new TreeMap<>());
      return new Status(
          new Health(Health.State.OK, "it says " + words.word()),
          List.of(),
          List.of(new ServiceSpec(spec.id(), spec.offer(), Optional.empty())),
          new TreeMap<>(Map.of("word", words.word())),
          new TreeMap<>(Map.of("letters", (double) letters.length())));
    }

    @Override
    public List<String> log(int lines) {
      return List.of("said " + words.word());
    }

    @Override
    public void stop() {}

    @Override
    public void close() {}
  }
}
