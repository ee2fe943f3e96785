package community.cloudy.agent;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A real browser with one page, driven over the Chrome DevTools Protocol. */
public final class Chromium implements AutoCloseable {
  /** Where Debian has it. */
  public static final Path PROGRAM = Path.of("/usr/bin/chromium");

  private static final long SECONDS = 30;

  private final Process process;
  private final Answers answers = new Answers();
  private final AtomicInteger ids = new AtomicInteger();
  private final WebSocket socket;

  private Chromium(Process process, URI page) {
    this.process = process;
    socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(page, answers).join();
  }

  /**
   * Starts one.
   *
   * @param folder for its profile
   * @param hosts names that it takes for loopback, such as {@code MAP evil.example 127.0.0.1}
   */
  public static Chromium start(Path folder, String hosts) throws IOException {
    Path profile = Files.createDirectory(folder.resolve("chromium"));
    Process process =
        new ProcessBuilder(
                PROGRAM.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--host-resolver-rules=" + hosts,
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("chromium.log").toFile())
            .start();
    Path port = profile.resolve("DevToolsActivePort");
    await("chromium listens")
        .atMost(Duration.ofSeconds(60))
        .until(() -> Files.exists(port) && Files.readString(port).lines().count() > 1);
    return new Chromium(process, page(Files.readString(port).lines().findFirst().orElseThrow()));
  }

  private static URI page(String port) {
    HttpRequest list =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list")).build();
    byte[] body =
        HttpClient.newHttpClient()
            .sendAsync(list, BodyHandlers.ofByteArray())
            .orTimeout(SECONDS, TimeUnit.SECONDS)
            .join()
            .body();
    for (JsonNode target : Json.read(body)) {
      if (target.path("type").asText().equals("page")) {
        return URI.create(target.path("webSocketDebuggerUrl").asText());
      }
    }
    throw new IllegalStateException("chromium has no page");
  }

  private JsonNode call(String method, ObjectNode parameters) {
    int id = ids.incrementAndGet();
    ObjectNode message = Json.object().put("id", id).put("method", method);
    message.set("params", parameters);
    CompletableFuture<JsonNode> answer = answers.expect(id);
    socket.sendText(new String(Json.write(message), StandardCharsets.UTF_8), true).join();
    return answer.orTimeout(SECONDS, TimeUnit.SECONDS).join();
  }

  /** Lets scripts of ours do in every page what the page's own policy forbids its scripts. */
  public void bypassContentPolicies() {
    call("Page.setBypassCSP", Json.object().put("enabled", true));
  }

  /** Goes to a page and returns once it is loaded. */
  public void open(String url) {
    call("Page.navigate", Json.object().put("url", url));
    await("the page loads")
        .atMost(Duration.ofSeconds(SECONDS))
        .until(
            () ->
                run("location.href + ' ' + document.readyState")
                    .asText()
                    .equals(url + " complete"));
  }

  /** Runs a script in the page, waits for what it promises, and returns its value. */
  public JsonNode run(String script) {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Json.object()
                .put("expression", script)
                .put("awaitPromise", true)
                .put("returnByValue", true));
    if (answer.path("result").has("exceptionDetails")) {
      throw new IllegalStateException(answer.toString());
    }
    return answer.path("result").path("result").path("value");
  }

  @Override
  public void close() {
    socket.abort();
    process.destroy();
    process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
    process.destroyForcibly();
  }

  /** What the browser says, by the question. */
  private static final class Answers implements WebSocket.Listener {
    private final Map<Integer, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
    private final StringBuilder text = new StringBuilder();

    CompletableFuture<JsonNode> expect(int id) {
      return open.computeIfAbsent(id, any -> new CompletableFuture<>());
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        JsonNode message = Json.read(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
        CompletableFuture<JsonNode> answer = open.remove(message.path("id").asInt());
        if (answer != null) {
          answer.complete(message);
        }
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }
}
