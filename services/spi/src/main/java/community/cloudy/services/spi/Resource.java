package community.cloudy.services.spi;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Something that a module answers by REST.
 *
 * @param <I> the module at work
 * @param method {@code GET}, which changes nothing, {@code POST}, {@code PUT} or {@code DELETE}
 * @param path below {@code /v1/modules/ID}, such as {@code /folders/{folder}}
 * @param parameters what the query may hold
 * @param access who may
 * @param summary what it does, in a sentence, for the API's document
 * @param action what the audit log calls it, such as {@code folder.add}; empty for {@code GET}
 * @param endpoint does it
 */
public record Resource<I>(
    String method,
    String path,
    Set<String> parameters,
    Access access,
    String summary,
    String action,
    Endpoint<I> endpoint) {
  private static final Pattern PATH = Pattern.compile("(/[a-z0-9_.-]+|/\\{[a-z]+})+");
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE");

  /** Checks that the method and the path are of those the node can route. */
  public Resource {
    parameters = Set.copyOf(parameters);
    if (!METHODS.contains(method) || !PATH.matcher(path).matches()) {
      throw new IllegalArgumentException("no route can be made of " + method + " " + path);
    }
    if (method.equals("GET") != action.isEmpty()) {
      throw new IllegalArgumentException(
          method + " " + path + " must have an action for the audit log if and only if it changes");
    }
  }

  /** Answers; may block for some seconds. */
  @FunctionalInterface
  public interface Endpoint<I> {
    /**
     * Answers a call.
     *
     * @throws ServiceException to refuse
     */
    Answer answer(I instance, Call call);
  }

  /**
   * A call.
   *
   * @param path the values in the path, by name
   * @param query the parameters, each once
   * @param body what it carries, at most 64 KiB; a missing node if nothing
   * @param by who calls, for records
   */
  public record Call(
      Map<String, String> path, Map<String, String> query, JsonNode body, String by) {
    /** Copies the maps. */
    public Call {
      path = Map.copyOf(path);
      query = Map.copyOf(query);
    }

    /** Returns a value of the path. */
    public String at(String place) {
      return Optional.ofNullable(path.get(place)).orElseThrow();
    }

    /**
     * Returns a text of the body.
     *
     * @throws ServiceException if it is not there
     */
    public String text(String field) {
      JsonNode value = body.path(field);
      if (!value.isTextual() || value.textValue().isEmpty()) {
        throw new ServiceException(
            ServiceException.Code.INVALID, "The field " + field + " must be a text.");
      }
      return value.textValue();
    }
  }

  /** An answer. */
  public static final class Answer {
    private final String contentType;
    private final byte[] content;

    private Answer(String contentType, byte[] content) {
      this.contentType = contentType;
      this.content = content;
    }

    /** Answers with bytes of that type, which are not copied. */
    public static Answer bytes(String contentType, byte[] content) {
      return new Answer(contentType, content);
    }

    /** Returns the type of what is answered. */
    public String contentType() {
      return contentType;
    }

    /** Returns what is answered, not a copy. */
    public byte[] content() {
      return content;
    }

    /** Answers with JSON. */
    public static Answer json(JsonNode json) {
      return text("application/json", json.toString());
    }

    /** Answers with a text of that type. */
    public static Answer text(String contentType, String text) {
      return new Answer(contentType, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Returns a resource to look at. */
  public static <I> Resource<I> get(
      Access access, String path, String summary, Endpoint<I> endpoint) {
    return new Resource<>("GET", path, Set.of(), access, summary, "", endpoint);
  }

  /** Returns a resource to look at, with parameters. */
  public static <I> Resource<I> get(
      Access access, String path, Set<String> parameters, String summary, Endpoint<I> endpoint) {
    return new Resource<>("GET", path, parameters, access, summary, "", endpoint);
  }

  /** Returns a resource that changes something. */
  public static <I> Resource<I> change(
      String method,
      Access access,
      String path,
      String action,
      String summary,
      Endpoint<I> endpoint) {
    return new Resource<>(method, path, Set.of(), access, summary, action, endpoint);
  }
}
