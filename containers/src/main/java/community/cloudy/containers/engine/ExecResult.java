package community.cloudy.containers.engine;

/**
 * How a command in a container went.
 *
 * @param exitCode its own
 * @param stdout what it wrote, as it was written: not safe to print
 * @param stderr likewise
 * @param truncated whether it wrote more than was asked for
 */
public record ExecResult(int exitCode, String stdout, String stderr, boolean truncated) {}
