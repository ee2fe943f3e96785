package community.cloudy.containers.stacks;

import community.cloudy.containers.policy.Policy;
import community.cloudy.containers.policy.PolicyException;
import community.cloudy.containers.policy.Refusal;
import community.cloudy.containers.policy.Scope;
import community.cloudy.containers.policy.Source;
import community.cloudy.containers.policy.Yaml;
import community.cloudy.containers.policy.YamlReader;
import community.cloudy.containers.policy.YamlWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * From what a person wrote to what is executed: a copy of the files is made where nobody else can
 * write, Compose resolves the copy, the policy judges that, and what it allows is written out
 * whole. So what was judged is what runs, whatever becomes of the folder meanwhile.
 */
final class Resolver {
  private final Compose compose;
  private final Policy policy;

  Resolver(Compose compose, Policy policy) {
    this.compose = compose;
    this.policy = policy;
  }

  /**
   * What came of it.
   *
   * @param files those it was made from
   * @param run what is executed; only if nothing is refused
   */
  record Resolved(StackFiles files, List<Refusal> refusals, Optional<Yaml.Fields> run) {
    /** Returns the text of what is executed, or throws the refusals. */
    String text() {
      return YamlWriter.write(run.orElseThrow(() -> new PolicyException(refusals)));
    }
  }

  /**
   * Resolves and judges.
   *
   * @param main the Compose file's name
   * @param reader gives the folder's files
   * @param staging an empty folder for the copy
   * @param empty a file of no variables
   */
  Resolved resolve(
      Scope scope,
      String main,
      Function<String, Optional<byte[]>> reader,
      StackFolder staging,
      Path empty) {
    Map<String, byte[]> read = new HashMap<>();
    Function<String, Optional<byte[]>> once =
        file -> {
          Optional<byte[]> bytes = Optional.ofNullable(read.get(file)).or(() -> reader.apply(file));
          bytes.ifPresent(b -> read.put(file, b));
          return bytes;
        };
    Source source = Source.read(main, file -> once.apply(file).map(b -> text(file, b)));
    for (String file : source.files()) {
      Optional<byte[]> unused = once.apply(file);
    }
    boolean variables = once.apply(StackFiles.ENV).isPresent();
    StackFiles files = new StackFiles(new TreeMap<>(read));
    staging.write(files);
    source.folders().forEach(staging::createFolder);
    Path env = variables ? staging.path().resolve(StackFiles.ENV) : empty;
    String resolved =
        compose.config(
            new Compose.Project(scope.stack(), staging.path().resolve(main), staging.path(), env));
    Yaml.Fields model = YamlReader.read("the resolved model", resolved);
    Path folder = scope.folder().orElseThrow();
    Yaml moved = Policy.mapTexts(model, text -> moved(text, staging.path(), folder));
    Policy.Judgement judged = policy.judge((Yaml.Fields) moved, source, scope);
    boolean fine = judged.refusals().isEmpty();
    return new Resolved(
        fine ? withNamedFiles(files, judged.model(), folder, reader) : files,
        judged.refusals(),
        fine ? Optional.of(judged.model()) : Optional.empty());
  }

  /** Compose doubles each $ and has found files beside the copy; both are put back. */
  private static String moved(String text, Path staging, Path folder) {
    String plain = text.replace("$$", "$");
    boolean inside = plain.equals(staging.toString()) || plain.startsWith(staging + "/");
    return inside || plain.startsWith(staging + ":")
        ? folder + plain.substring(staging.toString().length())
        : plain;
  }

  /** Adds the files of secrets and configs: they are a part of the version, too. */
  private static StackFiles withNamedFiles(
      StackFiles files, Yaml.Fields model, Path folder, Function<String, Optional<byte[]>> reader) {
    StackFiles all = files;
    for (String part : List.of("secrets", "configs")) {
      Yaml.Fields declared = model.object(part);
      for (String name : declared.fields().keySet()) {
        Optional<Path> path = declared.object(name).text("file").map(Path::of);
        if (path.isPresent() && path.get().startsWith(folder)) {
          String file = folder.relativize(path.get()).toString();
          StackFiles before = all;
          all = reader.apply(file).map(bytes -> before.with(file, bytes)).orElse(all);
        }
      }
    }
    return all;
  }

  private static String text(String file, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      Refusal refusal = new Refusal("", file, 0, "is no UTF-8 text", "Save it as UTF-8.");
      PolicyException refused = new PolicyException(List.of(refusal));
      refused.initCause(e);
      throw refused;
    }
  }
}
