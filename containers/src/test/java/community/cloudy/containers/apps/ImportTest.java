package community.cloudy.containers.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ImportTest {
  private static final String CASAOS =
      """
      name: Sync_Box
      services:
        app:
          image: example/sync:1.2
          container_name: sync
          privileged: true
          network_mode: bridge
          cap_add: [NET_ADMIN]
          devices: ["/dev/dri:/dev/dri"]
          restart: unless-stopped
          deploy:
            resources:
              reservations:
                memory: 256M
          environment:
            PUID: $PUID
            TZ: $TZ
            SITE_NAME: home
            ADMIN_PASSWORD: casaos
            ODD: "$SOMETHING and 5$"
          ports:
            - target: 80
              published: "8384"
              protocol: tcp
            - "22000:22000/udp"
          volumes:
            - type: bind
              source: /DATA/AppData/$AppID/config
              target: /config
            - /var/run/docker.sock:/var/run/docker.sock
            - /media/films:/films
          x-casaos:
            envs:
              - container: SITE_NAME
                description: {en_us: "Site's name", ca_es: Nom}
              - container: ADMIN_PASSWORD
                description: {en_us: Password}
      x-casaos:
        architectures: [amd64, arm64, arm]
        main: app
        title: {en_us: Sync <b>Box</b>}
        tagline: {en_us: Keeps things the same, es_ES: Iguala cosas}
        description: {en_us: "Two\\nlines"}
        icon: https://cdn.example.org/icon.png
        index: /ui
        port_map: "8384"
      """;

  private static JsonNode compose(Imported imported) {
    return SchemaTest.tree(imported.folder().text(AppFolder.COMPOSE));
  }

  private static String notes(Imported imported) {
    return String.join("\n", imported.notes());
  }

  @Test
  void importsALegacyTemplate() {
    Imported imported =
        LegacyTemplate.read(
            """
            {"appname": "Etherpad", "description": "Shared pads", "image": "chorn/etherpad:1.8",
             "ports": {"9001": "9001"}, "options": {"ADMIN_USER": "admin", "ADMIN_PASS": "1234"},
             "volumes": {"/tmp/data": "/data"}, "misc": {"net": "host"}, "links": ["mongodb"],
             "arch": ["amd64", "armhf", "mips"]}
            """);
    App app = imported.folder().app();
    assertThat(app.id().value()).isEqualTo("etherpad");
    assertThat(app.architectures()).containsExactlyInAnyOrder("amd64", "armhf");
    assertThat(app.fields())
        .extracting(Field::name)
        .containsExactly("PORT", "ADMIN_USER", "ADMIN_PASS");
    assertThat(app.fields().get(2).kind()).isInstanceOf(FieldKind.Generated.class);
    assertThat(app.backup().volumes()).containsExactly("data");
    JsonNode service = compose(imported).at("/services/app");
    assertThat(service.at("/volumes/0").asText()).isEqualTo("data:/data");
    assertThat(service.at("/ports/0").asText()).isEqualTo("${PORT}:9001");
    assertThat(service.has("network_mode")).isFalse();
    assertThat(notes(imported))
        .contains("left out: the flag net=host", "the link to the container mongodb", "/tmp/data");
    Installation made = Form.fill(imported.folder(), Map.of(), port -> true, new Random(1));
    assertThat(made.variables().get("ADMIN_PASS")).isNotEqualTo("1234").hasSize(32);
  }

  @Test
  void saysArgumentsAndVersionsThatAreMissing() {
    Imported imported =
        LegacyTemplate.read("{\"appname\": \"MongoDB\", \"image\": \"mongo:latest --smallfiles\"}");
    assertThat(compose(imported).at("/services/app/image").asText()).isEqualTo("mongo:latest");
    assertThat(notes(imported))
        .contains("arguments after the image, --smallfiles", "no fixed version");
  }

  @Test
  void importsTheOlderLines() {
    Imported imported =
        LegacyTemplate.read(
            """
            Name=lychee-docker
            Run=docker run -d --privileged -p 8118:80 kdelfour/lychee-docker
            Img=kdelfour/lychee-docker
            Pub=8118:80
            """);
    assertThat(compose(imported).at("/services/app/ports/0").asText()).isEqualTo("${PORT}:80");
    assertThat(imported.folder().app().fields().get(0).fallback()).contains("8118");
    assertThat(notes(imported)).contains("--privileged");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"appname\": \"x\"}",
        "{\"appname\": \"x\", \"image\": \"$(reboot)\"}",
        "{\"appname\": \"x\", \"image\": \"-v/:/host\"}",
        "{\"appname\": [1], \"image\": \"x\"}"
      })
  void refusesWhatIsNoTemplate(String text) {
    assertThatThrownBy(() -> LegacyTemplate.read(text)).isInstanceOf(AppException.class);
  }

  @Test
  void importsWhatIsHarmlessOfCasaos() {
    Imported imported = CasaosApp.read(CASAOS);
    App app = imported.folder().app();
    assertThat(app.id().value()).isEqualTo("sync-box");
    assertThat(app.title().in(Language.EN)).isEqualTo("Sync  b Box /b");
    assertThat(app.tagline().in(Language.ES)).isEqualTo("Iguala cosas");
    assertThat(app.memory()).isEqualTo(256L << 20);
    assertThat(app.architectures()).containsExactlyInAnyOrder("amd64", "arm64", "armhf");
    assertThat(app.announces().get(0).path()).contains("/ui");
    assertThat(app.fields())
        .extracting(Field::name)
        .containsExactly("SITE_NAME", "ADMIN_PASSWORD", "HTTP_PORT", "PORT_22000");
    assertThat(app.fields().get(0).label().in(Language.CA)).isEqualTo("Nom");

    JsonNode service = compose(imported).at("/services/app");
    for (String key :
        List.of("privileged", "network_mode", "cap_add", "devices", "container_name")) {
      assertThat(service.has(key)).as(key).isFalse();
    }
    assertThat(service.at("/volumes")).hasSize(2);
    assertThat(service.at("/volumes/0").asText()).isEqualTo("config:/config");
    assertThat(service.at("/environment/PUID").asText()).isEqualTo("1000");
    assertThat(service.at("/environment/TZ").asText()).isEqualTo("Etc/UTC");
    assertThat(service.at("/environment/ODD").asText()).isEqualTo("$$SOMETHING and 5$$");
    assertThat(service.at("/environment/SITE_NAME").asText()).isEqualTo("${SITE_NAME}");
    assertThat(service.at("/ports/1").asText()).isEqualTo("${PORT_22000}:22000/udp");
    assertThat(notes(imported))
        .contains(
            "left out: privileged of app",
            "left out: cap_add of app",
            "left out: devices of app",
            "left out: the volume /var/run/docker.sock of app",
            "/media/films is not used");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "services: {a: {image: x}}",
        "x-casaos: {title: x}",
        "x-casaos: {title: {en: x}}\nservices: {a: {build: .}}",
        "x-casaos: {title: {en: x}}\nservices: {\"../a\": {image: x}}",
        "x-casaos: &a {title: x}\nservices: {a: *a}"
      })
  void refusesWhatItCannotImport(String text) {
    assertThatThrownBy(() -> CasaosApp.read(text)).isInstanceOf(AppException.class);
  }
}
