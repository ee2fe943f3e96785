package community.cloudy.containers.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container to be made.
 *
 * @param image from what
 * @param name its name; the engine finds one if there is none
 * @param program what runs in it
 * @param labels at most 100
 * @param ports published
 * @param mounts what it sees of the node
 * @param network the network's name, {@code host}, {@code none} or {@code container:…}; none means
 *     the engine's default
 * @param restart when the engine starts it again
 * @param limits what it may use
 * @param log options of the engine's {@code json-file} log, such as {@code max-size}; none means as
 *     the engine is set up
 * @param health how the engine checks it; none means as the image says
 * @param readOnly whether its own files cannot be written
 * @param privileges what lets it out of its box
 */
public record ContainerRequest(
    ImageReference image,
    Optional<String> name,
    Program program,
    Map<String, String> labels,
    List<PublishedPort> ports,
    List<Mount> mounts,
    Optional<String> network,
    RestartPolicy restart,
    Limits limits,
    Map<String, String> log,
    Optional<HealthProbe> health,
    boolean readOnly,
    Privileges privileges) {
  private static final int MAX = 100;

  /** Checks the name and how many of each there are. */
  public ContainerRequest {
    name.ifPresent(Names::container);
    labels = Map.copyOf(labels);
    ports = List.copyOf(ports);
    mounts = List.copyOf(mounts);
    log = Map.copyOf(log);
    if (labels.size() > MAX || ports.size() > MAX || mounts.size() > MAX) {
      throw Names.invalid("container", "must not have more than 100 labels, ports or mounts");
    }
  }

  /** Returns a request for what the image says, and nothing else. */
  public static ContainerRequest of(String image) {
    return new Builder(ImageReference.parse(image)).build();
  }

  /** Returns a builder that begins with this one. */
  public Builder with() {
    Builder builder = new Builder(image);
    builder.name = name;
    builder.program = program;
    builder.labels = labels;
    builder.ports = ports;
    builder.mounts = mounts;
    builder.network = network;
    builder.restart = restart;
    builder.limits = limits;
    builder.log = log;
    builder.health = health;
    builder.readOnly = readOnly;
    builder.privileges = privileges;
    return builder;
  }

  /** Changes a request. */
  public static final class Builder {
    private final ImageReference image;
    private Optional<String> name = Optional.empty();
    private Program program = Program.OF_IMAGE;
    private Map<String, String> labels = Map.of();
    private List<PublishedPort> ports = List.of();
    private List<Mount> mounts = List.of();
    private Optional<String> network = Optional.empty();
    private RestartPolicy restart = RestartPolicy.NO;
    private Limits limits = Limits.NONE;
    private Map<String, String> log = Map.of();
    private Optional<HealthProbe> health = Optional.empty();
    private boolean readOnly;
    private Privileges privileges = Privileges.USUAL;

    private Builder(ImageReference image) {
      this.image = image;
    }

    /** Sets its name. */
    public Builder name(String value) {
      name = Optional.of(value);
      return this;
    }

    /** Sets what runs. */
    public Builder program(Program value) {
      program = value;
      return this;
    }

    /** Sets the labels. */
    public Builder labels(Map<String, String> value) {
      labels = value;
      return this;
    }

    /** Sets the published ports. */
    public Builder ports(List<PublishedPort> value) {
      ports = value;
      return this;
    }

    /** Sets the mounts. */
    public Builder mounts(List<Mount> value) {
      mounts = value;
      return this;
    }

    /** Sets the network. */
    public Builder network(String value) {
      network = Optional.of(value);
      return this;
    }

    /** Sets when it is started again. */
    public Builder restart(RestartPolicy value) {
      restart = value;
      return this;
    }

    /** Sets what it may use. */
    public Builder limits(Limits value) {
      limits = value;
      return this;
    }

    /** Sets the log's options. */
    public Builder log(Map<String, String> value) {
      log = value;
      return this;
    }

    /** Sets how it is checked. */
    public Builder health(HealthProbe value) {
      health = Optional.of(value);
      return this;
    }

    /** Sets whether its own files cannot be written. */
    public Builder readOnly(boolean value) {
      readOnly = value;
      return this;
    }

    /** Sets what lets it out. */
    public Builder privileges(Privileges value) {
      privileges = value;
      return this;
    }

    /** Returns the request. */
    public ContainerRequest build() {
      return new ContainerRequest(
          image,
          name,
          program,
          labels,
          ports,
          mounts,
          network,
          restart,
          limits,
          log,
          health,
          readOnly,
          privileges);
    }
  }
}
