package community.cloudy.gossip.serf.rpc;

import community.cloudy.gossip.serf.wire.MsgpackWriter;
import community.cloudy.gossip.serf.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Admits one client: handshake first, then the key, then commands (specification C2). */
final class Session implements Connection.Handler {
  private static final int VERSION = 1;

  private final Connection connection;
  private final byte[] authKey;
  private final Runnable admitted;
  private final Commands commands;
  private final Runnable closed;
  private boolean shaken;
  private boolean authenticated;

  /**
   * Creates one; {@code admitted} runs once the client may give commands, {@code closed} when it is
   * gone.
   */
  Session(
      Connection connection,
      Optional<String> authKey,
      Runnable admitted,
      Commands commands,
      Runnable closed) {
    this.connection = connection;
    this.authKey = authKey.orElse("").getBytes(StandardCharsets.UTF_8);
    this.admitted = admitted;
    this.commands = commands;
    this.closed = closed;
    authenticated = authKey.isEmpty();
  }

  @Override
  public void request(Request request) throws WireException {
    if (request.command().equals("handshake")) {
      answer(request, handshake(request.body()));
    } else if (!shaken) {
      refuse(request, "Handshake required");
    } else if (request.command().equals("auth")) {
      answer(request, authenticate(request.body()));
    } else if (!authenticated && request.known()) {
      answer(request, "Authentication required");
    } else if (!authenticated || !request.known()) {
      refuse(request, authenticated ? "Unsupported command" : "Authentication required");
    } else {
      commands.run(request);
    }
    if (shaken && authenticated) {
      admitted.run();
    }
  }

  private String handshake(Body body) throws WireException {
    if (body.integer("Version", Integer.MIN_VALUE, Integer.MAX_VALUE) != VERSION) {
      return "Unsupported IPC version";
    }
    if (shaken) {
      return "Handshake already performed";
    }
    shaken = true;
    return "";
  }

  private String authenticate(Body body) throws WireException {
    byte[] given = body.bytes("AuthKey").array();
    if (!MessageDigest.isEqual(authKey, given)) {
      return "Invalid authentication token";
    }
    authenticated = true;
    return "";
  }

  private void answer(Request request, String error) {
    MsgpackWriter header = Replies.header(request.seq(), error);
    connection.send(header.toByteArray());
  }

  /** Answers and closes: where the next request begins is not known. */
  private void refuse(Request request, String error) {
    answer(request, error);
    connection.end();
  }

  @Override
  public void closed() {
    commands.closed();
    closed.run();
  }
}
