package community.cloudy.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What of others is in the package, and by which licence: {@code sbom.cdx.json} (CycloneDX 1.6) and
 * {@code third-party.txt}. Fails the build where a licence is missing or not one we may pass on.
 */
public final class Notices {
  /** By SPDX, or as its owner calls it. All let us pass on the unchanged work beside ours. */
  private static final Set<String> ALLOWED =
      Set.of(
          "Apache-2.0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "Bouncy Castle Licence",
          "EPL-2.0",
          "Go License",
          "ISC",
          "LGPL-2.1-only",
          "MIT");

  private static final String OURS = "community.cloudy";

  private final JsonNode sbom;
  private final TreeMap<String, String> lines = new TreeMap<>();
  private final StringBuilder texts = new StringBuilder();

  private Notices(JsonNode sbom) {
    this.sbom = sbom;
  }

  /**
   * Writes both.
   *
   * @param args the folder; what Maven has put into the package (CycloneDX); the dashboard's
   *     folder, with npm's lock file and packages
   * @throws IllegalStateException if something may not be in the package
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Path bom = Path.of(args[1]);
    if (!Files.exists(bom)) {
      throw new IllegalStateException(
          "There is no " + bom + ": Maven makes it only online. Build once without -o.");
    }
    Notices notices = new Notices(Json.read(Files.readAllBytes(bom)));
    for (JsonNode component : notices.sbom.path("components")) {
      if (!component.path("group").asText().equals(OURS)) {
        notices.add(component);
      }
    }
    notices.npm(Path.of(args[2]));
    Files.write(folder.resolve("sbom.cdx.json"), Json.pretty(notices.sbom));
    Files.writeString(folder.resolve("third-party.txt"), notices.text());
  }

  private void add(JsonNode component) {
    String group = component.path("group").asText();
    String name = (group.isEmpty() ? "" : group + ":") + component.path("name").asText();
    Set<String> licences = new TreeSet<>();
    for (JsonNode licence : component.path("licenses")) {
      JsonNode one = licence.path("license");
      licences.add(
          one.path("id").asText(one.path("name").asText(licence.path("expression").asText())));
    }
    // One that may be chosen is enough.
    if (licences.stream().noneMatch(ALLOWED::contains)) {
      throw new IllegalStateException(
          "%s has the licences %s, none of which is allowed. Leave it out, or say in Notices why it may be passed on."
              .formatted(name, licences));
    }
    lines.put(name, component.path("version").asText() + "  " + String.join(" or ", licences));
  }

  /** Adds what is packed into the dashboard's script, where no licence file would be left. */
  private void npm(Path dashboard) throws IOException {
    JsonNode lock = Json.read(Files.readAllBytes(dashboard.resolve("package-lock.json")));
    for (var entry : lock.path("packages").properties()) {
      JsonNode found = entry.getValue();
      if (entry.getKey().isEmpty() || found.path("dev").asBoolean()) {
        continue;
      }
      Path folder = dashboard.resolve(entry.getKey());
      String name = entry.getKey().substring("node_modules/".length());
      String version = found.path("version").asText();
      ArrayNode components = sbom.withArray("components");
      ObjectNode component =
          components
              .addObject()
              .put("type", "library")
              .put("bom-ref", "pkg:npm/" + name + "@" + version)
              .put("name", name)
              .put("version", version)
              .put("purl", "pkg:npm/" + name + "@" + version);
      component
          .putArray("licenses")
          .addObject()
          .putObject("license")
          .put("id", found.path("license").asText());
      add(component);
      texts
          .append("\n\n")
          .append(name)
          .append("\n\n")
          .append(Files.readString(folder.resolve("LICENSE")).strip());
    }
  }

  private String text() {
    StringBuilder text =
        new StringBuilder(
            "Cloudy comes with these works of others, unchanged, by their licences.\n\n");
    lines.forEach((name, rest) -> text.append(name).append("  ").append(rest).append('\n'));
    text.append("\nJars hold their own licence texts and notices, below META-INF.\n")
        .append("What is packed into the dashboard's script:")
        .append(texts)
        .append('\n');
    return text.toString();
  }
}
