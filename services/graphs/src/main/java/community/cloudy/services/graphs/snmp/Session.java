package community.cloudy.services.graphs.snmp;

import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.settings.CredentialSettings;
import community.cloudy.services.graphs.settings.SnmpSettings;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snmp4j.PDU;
import org.snmp4j.Target;
import org.snmp4j.event.ResponseEvent;
import org.snmp4j.event.ResponseListener;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.VariableBinding;

/** Asks over the network, so many at once. Used by the polling thread, on which answers come. */
final class Session implements Asker, Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final Answer CLOSED = new Answer.Refusal("this node stopped asking", false);

  private static final Answer DEAF =
      new Answer.Refusal(
          "it says who it is, but does not answer: the password for encrypting may be wrong, or"
              + " encrypting is by another algorithm",
          false);

  /** What a report says (RFC 3414, section 5). */
  private static final Map<OID, String> REPORTS =
      Map.of(
          SnmpConstants.usmStatsUnsupportedSecLevels,
          "it does not sign or encrypt as the credential says",
          SnmpConstants.usmStatsNotInTimeWindows,
          "its clock of SNMP version 3 does not agree with its messages",
          SnmpConstants.usmStatsUnknownUserNames,
          "it does not know the user of the credential",
          SnmpConstants.usmStatsUnknownEngineIDs,
          "it does not know its own engine id",
          SnmpConstants.usmStatsWrongDigests,
          "the password for signing is wrong, or signing is by another algorithm",
          SnmpConstants.usmStatsDecryptionErrors,
          "the password for encrypting is wrong, or encrypting is by another algorithm");

  private final SnmpSettings settings;
  private final Executor loop;
  private final Map<String, Channel> channels = new HashMap<>();
  private final Map<String, String> broken = new HashMap<>();
  private final Deque<Runnable> queue = new ArrayDeque<>();
  private final Map<Long, CompletableFuture<Answer>> open = new HashMap<>();
  private final AtomicLong requests = new AtomicLong();
  private boolean closed;

  /**
   * Opens a socket for each credential; one whose secrets cannot be read is refused when it is
   * used, with the reason.
   *
   * @param loop the polling thread
   */
  Session(SnmpSettings settings, List<CredentialSettings> credentials, Executor loop) {
    this.settings = settings;
    this.loop = loop;
    for (CredentialSettings credential : credentials) {
      try {
        channels.put(credential.name(), new Channel(credential));
      } catch (IOException e) {
        String why = "the credential %s: %s".formatted(credential.name(), e.getMessage());
        broken.put(credential.name(), why);
        LOG.warn("event=credential_broken reason={}", why);
      }
    }
  }

  /** Returns how many questions were asked. */
  long requests() {
    return requests.get();
  }

  @Override
  public CompletableFuture<Answer> ask(Device device, Question question) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    String name = device.credential().orElse("");
    Channel channel = channels.get(name);
    if (closed || channel == null || device.address().isEmpty()) {
      String why = broken.getOrDefault(name, "there is no credential or address to ask it with");
      answer.complete(closed ? CLOSED : new Answer.Refusal(why, false));
    } else if (open.size() < settings.inFlight()) {
      send(channel, device.address().get(), question, answer);
    } else {
      queue.add(() -> send(channel, device.address().get(), question, answer));
    }
    return answer;
  }

  private void send(
      Channel channel, InetAddress address, Question question, CompletableFuture<Answer> answer) {
    long number = requests.incrementAndGet();
    Target<UdpAddress> target =
        channel.target(
            address, settings.timeout().toMillis(), question.patient() ? settings.retries() : 0);
    InetSocketAddress from = new InetSocketAddress(address, target.getAddress().getPort());
    channel.door().expect(from);
    open.put(number, answer);
    var unused =
        answer.whenComplete(
            (any, failure) -> {
              channel.door().forget(from);
              open.remove(number);
              if (!closed && !queue.isEmpty()) {
                queue.remove().run();
              }
            });
    try {
      Listening listener = new Listening(channel, target.getAddress(), question, answer);
      channel.snmp().send(channel.message(question), target, null, listener);
    } catch (IOException e) {
      later(answer, new Answer.Refusal("it cannot be asked: " + e.getMessage(), false));
    }
  }

  private void later(CompletableFuture<Answer> answer, Answer value) {
    try {
      loop.execute(() -> answer.complete(value));
    } catch (RejectedExecutionException e) {
      // Nobody waits any more.
    }
  }

  /** Takes in what comes, on a thread of the library. */
  private final class Listening implements ResponseListener {
    private final Channel channel;
    private final UdpAddress address;
    private final Question question;
    private final CompletableFuture<Answer> answer;

    Listening(
        Channel channel, UdpAddress address, Question question, CompletableFuture<Answer> answer) {
      this.channel = channel;
      this.address = address;
      this.question = question;
      this.answer = answer;
    }

    @Override
    public <A extends Address> void onResponse(ResponseEvent<A> event) {
      channel.snmp().cancel(event.getRequest(), this);
      PDU response = event.getResponse();
      later(answer, response == null ? missing(event.getError()) : read(event, response));
    }

    private Answer missing(@Nullable Exception error) {
      if (error != null) {
        return new Answer.Refusal("it cannot be asked: " + error.getMessage(), false);
      }
      return channel.isDeafTo(address) ? DEAF : new Answer.Silence();
    }

    private Answer read(ResponseEvent<?> event, PDU response) {
      if (!address.equals(event.getPeerAddress())) {
        return new Answer.Silence();
      }
      if (response.getType() == PDU.RESPONSE) {
        channel.understands(address);
      }
      return Session.read(response, question);
    }
  }

  private static Answer read(PDU response, Question question) {
    List<? extends VariableBinding> values = response.getVariableBindings();
    if (response.getType() == PDU.REPORT) {
      OID report = values.isEmpty() ? new OID() : values.get(0).getOid();
      String why = REPORTS.getOrDefault(report, "it reports " + report);
      return new Answer.Refusal(why, false);
    }
    if (response.getErrorStatus() != PDU.noError) {
      boolean tooBig = response.getErrorStatus() == PDU.tooBig;
      String why =
          response.getErrorStatus() == PDU.authorizationError
              ? "it does not let the credential see that, or demands signing and encrypting"
              : "it answers " + response.getErrorStatusText();
      return new Answer.Refusal(why, tooBig);
    }
    int columns = question.oids().size();
    if (question.repetitions() > 0) {
      int most = Math.min(values.size(), columns * question.repetitions());
      return new Answer.Values(List.copyOf(values.subList(0, most)));
    }
    boolean asAsked = values.size() == columns;
    for (int i = 0; asAsked && i < columns; i++) {
      asAsked = values.get(i).getOid().equals(question.oids().get(i));
    }
    return asAsked
        ? new Answer.Values(List.copyOf(values))
        : new Answer.Refusal("it answered something else than it was asked", false);
  }

  @Override
  public void close() {
    closed = true;
    queue.clear();
    channels.values().forEach(Channel::close);
    List.copyOf(open.values()).forEach(answer -> answer.complete(CLOSED));
  }
}
