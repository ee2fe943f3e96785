package community.cloudy.agent.api;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.Promise;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes requests off the server: who calls, may they, which route; and writes the answers. */
final class ApiHandler extends Handler.Abstract {
  private static final Logger log = LoggerFactory.getLogger(ApiHandler.class);
  private static final String CHALLENGE = "Bearer realm=\"cloudy\"";

  private final Routes routes;
  private final HostGate gate;
  private final Optional<ContainerGate> containers;
  private final Callers callers;
  private final Admission admission;
  private final Audit audit;
  private final Preconditions preconditions;
  private final Repeats repeats;

  ApiHandler(Node node, Routes routes, Supplier<SocketUsers> socketUsers) {
    this.routes = routes;
    gate = new HostGate(node.config().api());
    containers =
        node.config().api().fromContainers()
            ? Optional.empty()
            : Optional.of(new ContainerGate(ContainerGate::ofThisMachine));
    callers = new Callers(node.people(), socketUsers);
    admission = new Admission(node.config());
    audit = new Audit(node.people().audit(), node.clock());
    preconditions = new Preconditions(routes);
    repeats = new Repeats(node.clock());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    // A caller who waits for a change is idle on purpose.
    request.addIdleTimeoutListener(timeout -> false);
    CompletableFuture<Answer> answer;
    try {
      answer = answer(request);
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    var unused =
        answer
            .exceptionally(failure -> refusal(request, failure))
            .thenAccept(found -> send(found, request, response, callback))
            .whenComplete(
                (sent, failure) -> {
                  if (failure != null) {
                    callback.failed(failure);
                  }
                });
    return true;
  }

  private CompletableFuture<Answer> answer(Request request) {
    Caller caller = callers.of(request);
    caller.address().ifPresent(from -> containers.ifPresent(refuse -> refuse.check(from)));
    if (!caller.viaSocket()) {
      // Without the header the server would fill in its own address.
      boolean named = request.getHeaders().contains(HttpHeader.HOST);
      gate.check(named ? request.getHttpURI().getHost() : null);
    }
    String path = Objects.requireNonNullElse(request.getHttpURI().getCanonicalPath(), "");
    Optional<Reply> page = page(request, path);
    if (page.isPresent()) {
      return CompletableFuture.completedFuture(page.get());
    }
    Routes.Found found = routes.find(request.getMethod(), path);
    Query query = new Query(parameters(request), found.route().parameters());
    try {
      admission.check(found.route(), caller, request.getHeaders());
    } catch (ApiException e) {
      audit.refused(found, caller, e);
      throw e;
    }
    if (found.route().changes()) {
      return body(request, found.route().most())
          .thenCompose(content -> change(request, caller, found, query, content));
    }
    return answer(found, call(request, caller, found.path(), query, new Body(new byte[0])))
        .thenApply(answer -> preconditions.unlessKnown(answer, request.getHeaders()));
  }

  private static Optional<Reply> page(Request request, String path) {
    boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    return reads
        ? Dashboard.find(path, request.getHeaders().contains(HttpHeader.ACCEPT_ENCODING, "gzip"))
        : Optional.empty();
  }

  private CompletableFuture<Answer> change(
      Request request, Caller caller, Routes.Found found, Query query, byte[] content) {
    String path = request.getHttpURI().getCanonicalPath();
    String key = request.getHeaders().get(Repeats.HEADER);
    Call call = call(request, caller, found.path(), query, new Body(content));
    Supplier<CompletableFuture<Answer>> work =
        () ->
            preconditions
                .check(call, path, request.getHeaders())
                .thenCompose(met -> answer(found, call));
    return key == null || caller.person().isEmpty()
        ? work.get()
        : repeats.once(caller, found.route(), path, key, content, work);
  }

  private CompletableFuture<Answer> answer(Routes.Found found, Call call) {
    return CompletableFuture.completedFuture(call)
        .thenCompose(asked -> found.route().endpoint().answer(asked))
        .<Answer>thenApply(answer -> answer)
        .whenComplete(
            (answer, failure) ->
                audit.ended(
                    found,
                    call.caller(),
                    call.body(),
                    Optional.ofNullable(answer),
                    Optional.ofNullable(failure).map(ApiException::problemOf)));
  }

  private static Call call(
      Request request, Caller caller, Map<String, String> path, Query query, Body body) {
    HttpFields headers = request.getHeaders();
    return new Call(
        caller,
        path,
        query,
        body,
        Optional.ofNullable(headers.get(HttpHeader.IF_NONE_MATCH)),
        !request.getMethod().equals("HEAD") && EventStream.isWanted(headers),
        Optional.ofNullable(headers.get("Last-Event-ID")),
        Optional.ofNullable(headers.get(HttpHeader.ACCEPT_LANGUAGE)));
  }

  private static CompletableFuture<byte[]> body(Request request, int most) {
    HttpFields headers = request.getHeaders();
    if (request.getLength() > most) {
      throw tooLarge(most);
    }
    boolean carriesNothing =
        request.getLength() == 0
            || !(headers.contains(HttpHeader.CONTENT_LENGTH)
                || headers.contains(HttpHeader.TRANSFER_ENCODING));
    String type = headers.get(HttpHeader.CONTENT_TYPE);
    boolean json = type != null && type.matches("(?i)application/json\\s*(;.*)?");
    if (!carriesNothing && !json) {
      throw new ApiException(ProblemCode.NOT_JSON, "Send content as application/json.");
    }
    CompletableFuture<byte[]> body = new CompletableFuture<>();
    Content.Source.asByteArrayAsync(request, most, Promise.Invocable.toPromise(body));
    return body.exceptionally(
        failure -> {
          throw tooLarge(most);
        });
  }

  private static ApiException tooLarge(int most) {
    return new ApiException(
        ProblemCode.TOO_LARGE, "A request may carry at most " + most + " bytes.");
  }

  private static Map<String, List<String>> parameters(Request request) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    try {
      for (Fields.Field field : Request.extractQueryParameters(request)) {
        values.put(field.getName(), field.getValues());
      }
    } catch (RuntimeException e) {
      throw new ApiException(ProblemCode.BAD_REQUEST, "The query is not properly encoded.");
    }
    return values;
  }

  private static Reply refusal(Request request, Throwable failure) {
    if (failure instanceof Routes.MethodNotAllowed refused) {
      return refused.reply();
    }
    Problem problem = ApiException.problemOf(failure);
    if (problem.code() == ProblemCode.FAILED) {
      log.error(
          "Could not answer method={} path={}",
          request.getMethod(),
          request.getHttpURI().getPath(),
          failure);
    }
    Reply reply = problem.reply();
    return reply.status() == 401 ? reply.with("WWW-Authenticate", CHALLENGE) : reply;
  }

  private void send(Answer answer, Request request, Response response, Callback callback) {
    if (answer instanceof EventStream stream) {
      Caller caller = callers.of(request);
      safetyHeaders(response.getHeaders());
      stream.open(request, response, callback, () -> callers.isStillKnown(caller, request));
    } else if (answer instanceof Reply reply) {
      write(reply, response, callback);
    }
  }

  static void write(Reply reply, Response response, Callback callback) {
    response.setStatus(reply.status());
    HttpFields.Mutable headers = response.getHeaders();
    safetyHeaders(headers);
    reply.headers().forEach(headers::put);
    if (reply.status() != 304) {
      headers.put(HttpHeader.CONTENT_TYPE, reply.contentType());
      headers.put(HttpHeader.CONTENT_LENGTH, reply.body().length());
    }
    Callback done = reply.after().map(after -> Callback.from(callback, after)).orElse(callback);
    response.write(true, ByteBuffer.wrap(reply.body().array()), done);
  }

  private static void safetyHeaders(HttpFields.Mutable headers) {
    headers.put("Cache-Control", "no-store");
    headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("X-Frame-Options", "DENY");
  }
}
