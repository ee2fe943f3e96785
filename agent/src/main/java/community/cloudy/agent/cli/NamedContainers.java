package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Parameters;

/** The containers that a command is about, one after the other. */
final class NamedContainers {
  @Parameters(arity = "1..*", paramLabel = "CONTAINER", description = "Its name or id.")
  private List<String> names = new ArrayList<>();

  void each(Consumer<String> deed) {
    names.forEach(deed);
  }

  /**
   * Has the agent do something to each.
   *
   * @param action as the API names it
   * @param done the same as people say it afterwards
   */
  void post(Cloudy cloudy, String action, ObjectNode body, String done) {
    each(
        name -> {
          String path = path(name) + "/" + action;
          cloudy.print(cloudy.client().post(path, body), done + " " + name + ".");
        });
  }

  static String path(String name) {
    return new RequestPath("/v1/containers").at(name).toString();
  }
}
