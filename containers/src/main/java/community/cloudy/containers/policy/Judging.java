package community.cloudy.containers.policy;

/** What every rule has at hand while it judges one thing. */
record Judging(Settings settings, Scope scope, Findings findings) {
  HostPaths paths() {
    return new HostPaths(settings, scope);
  }
}
