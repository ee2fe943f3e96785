package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is filled into the form of an app. */
final class FieldOptions {
  @Option(names = "--set", paramLabel = "FIELD=VALUE", description = "May be repeated.")
  private Map<String, String> set = new LinkedHashMap<>();

  @Option(
      names = "--values-file",
      paramLabel = "FILE",
      description = "A file of FIELD=VALUE lines, for secrets; - is standard input.")
  private Optional<String> file = Optional.empty();

  /** Puts the values into the body of a request; those of a file yield to those beside. */
  void put(ObjectNode body, InputStream in) {
    ObjectNode values = body.putObject("values");
    file.ifPresent(name -> FieldValues.read(name, in).forEach(values::put));
    set.forEach(values::put);
  }
}
