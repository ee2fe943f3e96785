package community.cloudy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import community.cloudy.agent.json.Json;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a page of somebody else can do in the browser of an admin who is logged in. */
@Timeout(180)
final class ForeignPageIT {
  private static final String PAGE =
      """
      {"type":"web","name":"%s","endpoints":[{"port":80}]}""";

  @TempDir private Path folder;
  private RunningAgent agent;
  private Chromium browser;
  private HttpServer foreign;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(Files.isExecutable(Chromium.PROGRAM), "needs chromium at " + Chromium.PROGRAM);
    foreign = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    foreign.createContext(
        "/",
        exchange -> {
          byte[] page = "<!doctype html><title>A page</title>".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, page.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(page);
          }
        });
    foreign.start();
    agent = RunningAgent.start(folder);
    browser = Chromium.start(folder, "MAP *.example 127.0.0.1");
    // The agent's answers stand in for its pages here, and let no script run.
    browser.bypassContentPolicies();
  }

  @AfterEach
  void stop() {
    if (browser != null) {
      browser.close();
    }
    if (agent != null) {
      agent.close();
    }
    if (foreign != null) {
      foreign.stop(0);
    }
  }

  private String logIn() throws Exception {
    browser.open(agent.url() + "/healthz");
    String login = Json.object().put("login", "admin").put("password", agent.password()).toString();
    return browser
        .run(
            """
            fetch('/v1/login', {method: 'POST', body: JSON.stringify(%s),
              headers: {'Content-Type': 'application/json'}}).then(r => r.json()).then(p => p.csrf)
            """
                .formatted(login))
        .asText();
  }

  private String announce(String csrf, String name) {
    return browser
        .run(
            """
            fetch('%s/v1/announcements', {method: 'POST', credentials: 'include',
              body: JSON.stringify(%s),
              headers: {'Content-Type': 'application/json', 'X-Cloudy-Csrf': '%s'}})
              .then(r => r.status, e => 'blocked')
            """
                .formatted(agent.url(), PAGE.formatted(name), csrf))
        .asText();
  }

  private String announced() throws Exception {
    return agent.run("services", "-o", "json").output();
  }

  @Test
  void theOwnPageOfALoggedInAdminMayChangeThings() throws Exception {
    String csrf = logIn();

    assertThat(announce(csrf, "Own")).isEqualTo("200");
    assertThat(announce("wrong", "Without")).isEqualTo("403");
    assertThat(announced()).contains("Own").doesNotContain("Without");
  }

  private static final String ATTACKS =
      """
      (async () => {
        const url = '%1$s/v1/announcements', body = JSON.stringify(%2$s);
        const results = [];
        const attempt = async (name, options) => results.push(name + ' ' +
          await fetch(url, {credentials: 'include', ...options}).then(r => r.type + r.status, e => 'blocked'));
        await attempt('read', {});
        await attempt('simple', {method: 'POST', mode: 'no-cors', body});
        await attempt('json', {method: 'POST', body, headers: {'Content-Type': 'application/json'}});
        await attempt('delete', {method: 'DELETE'});
        navigator.sendBeacon(url, new Blob([body], {type: 'text/plain'}));
        const frame = document.createElement('iframe');
        frame.name = 'target';
        document.body.append(frame);
        const loaded = new Promise(done => frame.onload = done);
        const form = document.createElement('form');
        Object.assign(form, {method: 'POST', action: url, target: 'target', enctype: 'text/plain'});
        const field = document.createElement('input');
        Object.assign(field, {name: body.slice(0, -1) + ',"description":"', value: '"}'});
        form.append(field);
        document.body.append(form);
        form.submit();
        await loaded;
        const stream = new EventSource('%1$s/v1/events', {withCredentials: true});
        results.push('events ' + await new Promise(done => {
          stream.onopen = () => done('open');
          stream.onerror = () => done('blocked');
        }));
        stream.close();
        return results.join(', ');
      })()
      """;

  private void attackFrom(String host) throws Exception {
    logIn();
    browser.open("http://" + host + ":" + foreign.getAddress().getPort() + "/");

    String results =
        browser.run(ATTACKS.formatted(agent.url(), PAGE.formatted("Planted"))).asText();

    assertThat(results)
        .isEqualTo("read blocked, simple blocked, json blocked, delete blocked, events blocked");
    assertThat(announced()).doesNotContain("Planted");
  }

  @Test
  void aPageOfAnotherSiteCanDoNothing() throws Exception {
    attackFrom("evil.example");
  }

  @Test
  void aPageOfAnotherPortOfThisMachineCanDoNothingThoughItSendsTheCookie() throws Exception {
    attackFrom("127.0.0.1");
    assertThat(agent.run("audit").output()).contains("refused");
  }

  @Test
  void aNameThatPointsHereOpensNothing() throws Exception {
    logIn();
    String rebound = agent.url().replace("127.0.0.1", "evil.example");
    browser.open(rebound + "/healthz");

    assertThat(browser.run("document.body.innerText").asText())
        .contains("urn:cloudy:problem:wrong-host");
    assertThat(
            browser
                .run(
                    "fetch('/v1/login', {method: 'POST', body: '{}', headers: {'Content-Type':"
                        + " 'application/json'}}).then(r => r.status)")
                .asInt())
        .isEqualTo(421);
  }
}
