package community.cloudy.containers.apps;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A small app for tests. */
final class SampleApp {
  static final String METADATA =
      """
      id: notes
      version: "1.0"
      title: {ca: Notes, es: Notas, en: Notes}
      tagline: {en: Write things down}
      description: {en: "A place for notes."}
      category: documents
      licence: MIT
      memory: 64m
      disk: 1g
      multi_instance: true
      fields:
        - {name: HTTP_PORT, type: port, label: {en: Port}, default: "8080"}
        - {name: OTHER_PORT, type: port, label: {en: Other port}, default: "8080"}
        - {name: TITLE, type: string, label: {en: Title}, default: "Our notes", max_length: 20, pattern: "[A-Za-z $']+"}
        - {name: OWNER, type: string, label: {en: Owner}, required: true}
        - {name: PAGES, type: integer, label: {en: Pages}, default: "10", min: 1, max: 99}
        - {name: OPEN, type: boolean, label: {en: Open}, default: "false"}
        - name: COLOUR
          type: choice
          label: {en: Colour}
          default: red
          options:
            - {value: red, label: {en: Red}}
            - {value: blue, label: {en: Blue}}
        - {name: CACHE, type: size, label: {en: Cache}, default: 16m, min: 8m, max: 1g}
        - {name: PASSWORD, type: password, label: {en: Password}, min_length: 10}
        - {name: KEY, type: secret, label: {en: Key}, length: 40}
        - {name: TOKEN, type: secret, label: {en: Token}, into: env}
      announces:
        - {service: app, type: notes, name: "${TITLE}", port: HTTP_PORT, path: /}
      backup:
        volumes: [data]
        before: {service: app, command: [save, --all]}
      """;

  static final String COMPOSE =
      """
      services:
        app:
          image: example/notes:1.0
          ports: ["${HTTP_PORT}:80"]
          volumes: ["data:/data"]
      volumes:
        data:
      """;

  private SampleApp() {}

  static AppFolder folder() {
    return folder(METADATA);
  }

  static AppFolder folder(String metadata) {
    Map<String, byte[]> files = new HashMap<>();
    files.put(AppFolder.METADATA, metadata.getBytes(StandardCharsets.UTF_8));
    files.put(AppFolder.COMPOSE, COMPOSE.getBytes(StandardCharsets.UTF_8));
    return new AppFolder(files);
  }
}
