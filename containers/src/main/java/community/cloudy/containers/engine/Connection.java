package community.cloudy.containers.engine;

/** The way to the engine. */
final class Connection implements AutoCloseable {
  @Override
  public void close() {}
}
