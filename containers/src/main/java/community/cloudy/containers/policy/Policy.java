package community.cloudy.containers.policy;

import community.cloudy.containers.engine.ContainerDetail;
import community.cloudy.containers.engine.ContainerRequest;
import community.cloudy.containers.engine.Volume;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The one policy: what may run here. Every path that makes or changes a container asks it before,
 * with what is wanted, and after, with what the engine made of it.
 */
public final class Policy {
  private static final Set<String> TOP = Set.of("name", "version");
  private static final int MOST_SERVICES = 64;

  private final Settings settings;

  /** Creates the policy of a node. */
  public Policy(Settings settings) {
    this.settings = settings;
  }

  /** Returns what it knows of the node. */
  public Settings settings() {
    return settings;
  }

  /** A judged model: its refusals, and the same with the defaults this node adds. */
  public record Judgement(List<Refusal> refusals, Yaml.Fields model) {
    /** Copies the list. */
    public Judgement {
      refusals = List.copyOf(refusals);
    }

    /**
     * Returns the model with defaults.
     *
     * @throws PolicyException if anything is refused
     */
    public Yaml.Fields allowed() {
      if (!refusals.isEmpty()) {
        throw new PolicyException(refusals);
      }
      return model;
    }
  }

  /**
   * Judges a Compose project.
   *
   * @param model as Compose resolved it: nothing extended, included or to be substituted
   * @param source what the person wrote, for lines; {@link Source#NONE} if it is not there
   */
  public Judgement judge(Yaml.Fields model, Source source, Scope scope) {
    Findings findings = new Findings(source, scope.exceptions());
    Judging judging = new Judging(settings, scope, findings);
    MountRules mounts = new MountRules(judging);
    Map<String, Yaml.Field> result = new LinkedHashMap<>();
    for (var part : model.fields().entrySet()) {
      Key key = Key.ROOT.then(part.getKey());
      boolean free = TOP.contains(part.getKey()) || part.getKey().startsWith("x-");
      if (!free && !Yaml.isNull(part.getValue().value())) {
        Yaml judged = part(judging, mounts, key, model);
        result.put(part.getKey(), new Yaml.Field(0, judged));
      }
    }
    mounts.nested();
    if (model.object("services").fields().isEmpty()) {
      findings.refuse(Key.ROOT.then("services"), "are none", "Name at least one.");
    }
    return new Judgement(findings.refusals(), new Yaml.Fields(0, result));
  }

  /** A judged request: its refusals, and the same with the defaults this node adds. */
  public record Asked(List<Refusal> refusals, ContainerRequest request) {
    /** Copies the list. */
    public Asked {
      refusals = List.copyOf(refusals);
    }

    /**
     * Returns the request with defaults.
     *
     * @throws PolicyException if anything is refused
     */
    public ContainerRequest allowed() {
      if (!refusals.isEmpty()) {
        throw new PolicyException(refusals);
      }
      return request;
    }
  }

  /** Judges a container that somebody wants. */
  public Asked judge(ContainerRequest wanted, Scope scope) {
    Findings findings = new Findings(Source.NONE, scope.exceptions());
    Judging judging = new Judging(settings, scope, findings);
    ContainerRequest request = RequestDefaults.apply(wanted, judging);
    Set<String> unknown = new LinkedHashSet<>(request.privileges().namespaces().keySet());
    unknown.removeAll(Set.of("pid", "ipc", "uts", "user", "cgroup"));
    unknown.forEach(name -> findings.unknown(Key.ROOT.then(name)));
    new HostRules(judging).judge(RequestDefaults.hostConfig(request));
    MadeRules made = new MadeRules(judging);
    made.mounts(request.mounts(), List.of());
    made.labels(request.labels());
    return new Asked(findings.refusals().stream().distinct().toList(), request);
  }

  /**
   * Judges what the engine really made, before it is started.
   *
   * @param volumes those it mounts, as the engine knows them
   */
  public List<Refusal> judge(ContainerDetail made, Collection<Volume> volumes, Scope scope) {
    Findings findings = new Findings(Source.NONE, scope.exceptions());
    Judging judging = new Judging(settings, scope, findings);
    // In one order, so that what is refused reads the same each time.
    new HostRules(judging).judge(new TreeMap<>(made.hostConfig()));
    new MadeRules(judging).mounts(made.mounts(), volumes);
    return findings.refusals();
  }

  private Yaml part(Judging judging, MountRules mounts, Key key, Yaml.Fields model) {
    NetworkRules networks = new NetworkRules(judging);
    FileRules files = new FileRules(judging, mounts);
    String name = key.toString();
    Yaml.Fields all = model.object(name);
    switch (name) {
      case "services" -> {
        return services(judging, mounts, model);
      }
      case "volumes" ->
          all.fields().keySet().forEach(v -> mounts.declared(key.then(v), v, all.object(v)));
      case "networks" ->
          all.fields().keySet().forEach(n -> networks.declared(key.then(n), n, all.object(n)));
      case "secrets", "configs" ->
          all.fields().keySet().forEach(f -> files.declared(key.then(f), all.object(f)));
      default -> judging.findings().unknown(key);
    }
    return all;
  }

  private Yaml services(Judging judging, MountRules mounts, Yaml.Fields model) {
    Yaml.Fields services = model.object("services");
    Key key = Key.ROOT.then("services");
    if (services.fields().size() > MOST_SERVICES) {
      judging.findings().refuse(key, "are more than " + MOST_SERVICES, "Make two stacks of it.");
    }
    Map<String, Yaml.Field> result = new LinkedHashMap<>();
    // What is refused was said while judging; the defaults only rewrite.
    Judging silent =
        new Judging(settings, judging.scope(), new Findings(Source.NONE, Exceptions.NONE));
    for (String name : services.fields().keySet()) {
      new ServiceRules(judging, model, mounts, name).judge();
      Yaml.Fields service = services.object(name);
      Yaml.Fields whole = new ServiceDefaults(silent).apply(key.then(name), service);
      result.put(name, new Yaml.Field(0, whole));
    }
    return new Yaml.Fields(0, result);
  }

  /** Returns {@code value} with every text in it changed by {@code change}; keys stay. */
  public static Yaml mapTexts(Yaml value, Function<String, String> change) {
    if (value instanceof Yaml.Items items) {
      return new Yaml.Items(
          items.line(), items.items().stream().map(item -> mapTexts(item, change)).toList());
    }
    if (value instanceof Yaml.Fields fields) {
      Map<String, Yaml.Field> mapped = new LinkedHashMap<>();
      fields
          .fields()
          .forEach(
              (key, f) -> mapped.put(key, new Yaml.Field(f.line(), mapTexts(f.value(), change))));
      return new Yaml.Fields(fields.line(), mapped);
    }
    Yaml.Scalar scalar = (Yaml.Scalar) value;
    return new Yaml.Scalar(scalar.line(), change.apply(scalar.text()), scalar.plain());
  }
}
