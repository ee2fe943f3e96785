package community.cloudy.containers.engine;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image, as in {@code 10.1.2.3:5000/garden/site:1.2@sha256:…}.
 *
 * @param registry host and port of the registry; empty means the engine's default
 * @param repository its path in the registry
 * @param tag which of the repository's images; {@code latest} if neither it nor a digest is given
 * @param digest the content it must have
 * @see <a href="https://github.com/distribution/reference">the grammar</a>
 */
public record ImageReference(
    Optional<String> registry, String repository, Optional<String> tag, Optional<String> digest) {
  private static final int MAX_NAME = 255;
  private static final Pattern REGISTRY =
      Pattern.compile(
          "(localhost|[a-zA-Z0-9-]+(\\.[a-zA-Z0-9-]+)+|[a-zA-Z0-9.-]+(?=:))(:\\d{1,5})?");
  private static final Pattern REPOSITORY =
      Pattern.compile("[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*+");
  private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");
  private static final Pattern PARTS =
      Pattern.compile("(?<name>[^@]+?)(:(?<tag>[^:/@]*))?(@(?<digest>.*))?");

  /** Checks each part. */
  public ImageReference {
    registry.ifPresent(host -> check(REGISTRY, host));
    check(REPOSITORY, repository);
    tag.ifPresent(name -> check(TAG, name));
    digest.ifPresent(hash -> check(DIGEST, hash));
    if (registry.map(String::length).orElse(0) + repository.length() > MAX_NAME) {
      throw Names.invalid("image's name", "must not be longer than " + MAX_NAME + " characters");
    }
    if (tag.isEmpty() && digest.isEmpty()) {
      tag = Optional.of("latest");
    }
  }

  private static void check(Pattern pattern, String part) {
    if (part.length() > MAX_NAME || !pattern.matcher(part).matches()) {
      throw Names.invalid("image", "must be like registry:5000/name:tag, in small letters");
    }
  }

  /**
   * Reads one as people write it.
   *
   * @throws EngineException INVALID if it is none
   */
  public static ImageReference parse(String text) {
    Matcher parts = PARTS.matcher(text);
    if (text.length() > 2 * MAX_NAME + MAX_NAME || !parts.matches()) {
      throw Names.invalid("image", "must be like registry:5000/name:tag, in small letters");
    }
    String name = parts.group("name");
    int slash = name.indexOf('/');
    boolean hosted = slash > 0 && REGISTRY.matcher(name.substring(0, slash)).matches();
    return new ImageReference(
        hosted ? Optional.of(name.substring(0, slash)) : Optional.empty(),
        hosted ? name.substring(slash + 1) : name,
        Optional.ofNullable(parts.group("tag")),
        Optional.ofNullable(parts.group("digest")));
  }

  /** Returns registry and repository. */
  public String name() {
    return registry.map(host -> host + "/").orElse("") + repository;
  }

  /** Returns how the engine finds it: a digest needs no tag, and some versions want none beside. */
  String address() {
    return name() + digest.map(hash -> "@" + hash).or(() -> tag.map(n -> ":" + n)).orElse("");
  }

  @Override
  public String toString() {
    return name()
        + tag.map(name -> ":" + name).orElse("")
        + digest.map(hash -> "@" + hash).orElse("");
  }
}
