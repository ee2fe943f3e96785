package community.cloudy.containers.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.ListContainersCmd;
import com.github.dockerjava.api.command.TopContainerResponse;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Statistics;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What can be done with containers. {@code container} is a name or an id. May be called from any
 * thread, and blocks; all methods throw {@link EngineException}.
 */
public final class ContainerApi {
  private final Connection connection;

  ContainerApi(Connection connection) {
    this.connection = connection;
  }

  /**
   * Returns all containers, stopped ones too.
   *
   * @param labels those it must have; an empty value stands for any
   */
  public List<Container> list(Map<String, String> labels) {
    List<String> wanted =
        labels.entrySet().stream()
            .map(
                label ->
                    label.getKey() + (label.getValue().isEmpty() ? "" : "=" + label.getValue()))
            .toList();
    return connection.ask(
        "list the containers",
        client -> {
          ListContainersCmd command = client.listContainersCmd().withShowAll(true);
          if (!wanted.isEmpty()) {
            command.withLabelFilter(wanted);
          }
          return command.exec().stream()
              .map(found -> ContainerReader.summary(Raw.of(found)))
              .toList();
        });
  }

  /** Returns all there is to know of one. */
  public ContainerDetail inspect(String container) {
    Names.container(container);
    return connection.ask(
        "inspect the container " + container,
        client -> ContainerReader.detail(Raw.of(client.inspectContainerCmd(container).exec())));
  }

  /** Makes one, from an image that is here, and returns its id. It does not run yet. */
  public String create(ContainerRequest request) {
    return connection.change(
        "create a container of " + request.image(),
        client -> ContainerMaker.command(client, request).exec().getId());
  }

  /** Starts one; does nothing if it runs. */
  public void start(String container) {
    act("start", container, client -> client.startContainerCmd(container).exec());
  }

  /** Asks one to end, and kills it after {@code grace}; does nothing if it does not run. */
  public void stop(String container, Duration grace) {
    act(
        "stop",
        container,
        grace,
        client -> client.stopContainerCmd(container).withTimeout(seconds(grace)).exec());
  }

  /** Stops one like {@link #stop}, and starts it. */
  public void restart(String container, Duration grace) {
    act(
        "restart",
        container,
        grace,
        client -> client.restartContainerCmd(container).withTimeout(seconds(grace)).exec());
  }

  private static int seconds(Duration grace) {
    return Math.toIntExact(Math.min(Math.max(grace.toSeconds(), 0), 3600));
  }

  /** Sends it a signal, such as {@code SIGHUP}. */
  public void kill(String container, String signal) {
    Names.signal(signal);
    act(
        "send " + signal + " to",
        container,
        client -> client.killContainerCmd(container).withSignal(signal).exec());
  }

  /** Freezes one. */
  public void pause(String container) {
    act("pause", container, client -> client.pauseContainerCmd(container).exec());
  }

  /** Lets a frozen one go on. */
  public void unpause(String container) {
    act("unpause", container, client -> client.unpauseContainerCmd(container).exec());
  }

  /**
   * Removes one.
   *
   * @param force whether it is killed if it runs
   * @param volumes whether its volumes without a name go, too
   */
  public void remove(String container, boolean force, boolean volumes) {
    act(
        "remove",
        container,
        client ->
            client
                .removeContainerCmd(container)
                .withForce(force)
                .withRemoveVolumes(volumes)
                .exec());
  }

  /** Gives one another name. */
  public void rename(String container, String name) {
    Names.container(name);
    act("rename", container, client -> client.renameContainerCmd(container).withName(name).exec());
  }

  private void act(String verb, String container, Consumer<DockerClient> command) {
    act(verb, container, Duration.ZERO, command);
  }

  private void act(String verb, String container, Duration grace, Consumer<DockerClient> command) {
    Names.container(container);
    connection.change(
        verb + " the container " + container,
        grace,
        client -> {
          try {
            command.accept(client);
          } catch (NotModifiedException e) {
            // It was so already.
          }
          return true;
        });
  }

  /** Returns the processes of one that runs. */
  public ProcessTable top(String container) {
    Names.container(container);
    return connection.ask(
        "list the processes of the container " + container,
        client -> {
          TopContainerResponse found = client.topContainerCmd(container).exec();
          return new ProcessTable(
              List.of(found.getTitles()),
              Arrays.stream(found.getProcesses()).map(List::of).toList());
        });
  }

  /**
   * Reads the log of one. The engine forgets what its log rotation has dropped.
   *
   * @return the stream, open
   */
  public EngineStream logs(
      String container, LogOptions options, EngineStream.Listener<LogLine> listener) {
    Names.container(container);
    ContainerDetail detail = inspect(container);
    LogStream stream = new LogStream(connection, detail.id(), options, listener);
    stream.open();
    return stream;
  }

  /**
   * Reads about each second what one uses; ends when the container is removed.
   *
   * @return the stream, open
   */
  public EngineStream stats(String container, EngineStream.Listener<Stats> listener) {
    Names.container(container);
    EngineStream.Listener<Statistics> reader =
        new EngineStream.Listener<>() {
          @Override
          public void next(Statistics sample) {
            StatsReader.read(Raw.of(sample)).ifPresent(listener::next);
          }

          @Override
          public void ended() {
            listener.ended();
          }

          @Override
          public void failed(EngineException reason) {
            listener.failed(reason);
          }
        };
    return connection.stream(
        "read what the container " + container + " uses",
        reader,
        (client, feed) -> client.statsCmd(container).exec(feed));
  }

  /**
   * Runs a command in one that runs, to its end.
   *
   * @param argv program and arguments; no shell
   * @param atMost how long to wait for it; it runs on when that is over
   * @param maxOutput bytes kept of each stream
   */
  public ExecResult exec(String container, List<String> argv, Duration atMost, int maxOutput) {
    Names.container(container);
    return new Execution(connection, container, argv).run(atMost, maxOutput);
  }

  /**
   * Returns a file or folder of one as a tar; it need not run. Links are not followed.
   *
   * @return to be closed
   */
  public InputStream copyOut(String container, String path) {
    Names.container(container);
    String action = "copy from the container " + container;
    connection.ask(action, client -> client.pingCmd().exec());
    Runnable permit = connection.permit(action);
    try {
      InputStream tar =
          connection.open(action).streams().copyArchiveFromContainerCmd(container, path).exec();
      return new FilterInputStream(tar) {
        @Override
        public void close() throws IOException {
          permit.run();
          super.close();
        }
      };
    } catch (RuntimeException e) {
      permit.run();
      throw Failures.of(action, e);
    }
  }

  /** Unpacks a tar into a folder of one, which need not run. The tar is not closed. */
  public void copyIn(String container, String path, InputStream tar) {
    Names.container(container);
    String action = "copy into the container " + container;
    connection.ask(action, client -> client.pingCmd().exec());
    Runnable permit = connection.permit(action);
    try {
      connection
          .open(action)
          .streams()
          .copyArchiveToContainerCmd(container)
          .withRemotePath(path)
          .withTarInputStream(tar)
          .withCopyUIDGID(true)
          .exec();
    } catch (RuntimeException e) {
      throw Failures.of(action, e);
    } finally {
      permit.run();
    }
  }
}
