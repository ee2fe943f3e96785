package community.cloudy.services.graphs.snmp;

import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.model.Port;
import community.cloudy.services.graphs.watch.Found;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.snmp4j.smi.OID;

/** Looks at a device once, step by step, for a person who wants to know why. */
final class Trial {
  private static final int MAX_SHOWN = 30;

  private final Asker asker;
  private final Device device;
  private final Numbering numbering;
  private final int repetitions;
  private final List<Step> steps = new ArrayList<>();

  Trial(Asker asker, Device device, Numbering numbering, int repetitions) {
    this.asker = asker;
    this.device = device;
    this.numbering = numbering;
    this.repetitions = repetitions;
  }

  CompletableFuture<List<Step>> go() {
    if (device.address().isEmpty()) {
      return over(
          "address",
          "Its source names no address that may be watched, or another device has the same.");
    }
    steps.add(
        new Step("address", true, device.address().map(InetAddress::getHostAddress).orElse("")));
    if (device.credential().isEmpty()) {
      return over(
          "credential",
          "None may be sent to it. Name one for its source and put its network in the"
              + " credential's networks, or write the device with its address and credential.");
    }
    steps.add(new Step("credential", true, device.credential().orElse("")));
    return new Discovery(asker, device, repetitions)
        .look(true)
        .thenCompose(this::interfaces)
        .exceptionallyCompose(this::failed);
  }

  private CompletableFuture<List<Step>> over(String what, String why) {
    steps.add(new Step(what, false, why));
    return CompletableFuture.completedFuture(List.copyOf(steps));
  }

  private CompletableFuture<List<Step>> failed(Throwable failure) {
    Throwable cause =
        Objects.requireNonNullElse(
            failure instanceof CompletionException ? failure.getCause() : null, failure);
    if (cause instanceof Unanswered unanswered && unanswered.silent()) {
      return over(
          "answer",
          "No answer came in time. See that it is on, that it speaks SNMP and lets this node's"
              + " address ask, and that the community or the context is right.");
    }
    return over("answer", "It could not be asked: " + cause.getMessage() + ".");
  }

  private CompletableFuture<List<Step>> interfaces(Machine.Layout layout) {
    steps.add(new Step("answer", true, "It calls itself " + layout.name() + "."));
    List<Interface> all =
        layout.interfaces().values().stream()
            .sorted(Comparator.comparingInt(Interface::index))
            .toList();
    List<Found> found = all.stream().map(Interface::found).toList();
    String names =
        all.stream()
            .limit(MAX_SHOWN)
            .map(one -> one.name() + (one.up() ? "" : " (down)"))
            .collect(Collectors.joining(", "));
    steps.add(new Step("interfaces", !found.isEmpty(), found.size() + ": " + names));
    List<Port> ports = numbering.numbered(device, found);
    List<Port> here = ports.stream().filter(port -> port.index().isPresent()).toList();
    String missing =
        ports.stream()
            .filter(port -> port.index().isEmpty())
            .map(port -> port.name().orElse("number " + port.number()))
            .collect(Collectors.joining(", "));
    boolean ok = !here.isEmpty() && missing.isEmpty();
    String said =
        "%d are measured.%s"
            .formatted(here.size(), missing.isEmpty() ? "" : " Not found: " + missing + ".");
    steps.add(new Step("ports", ok, said));
    layout
        .radio()
        .ifPresent(radio -> steps.add(new Step("radio", true, "It tells of its radios.")));
    return here.isEmpty()
        ? CompletableFuture.completedFuture(List.copyOf(steps))
        : counters(here.get(0));
  }

  private CompletableFuture<List<Step>> counters(Port port) {
    int index = port.index().orElseThrow();
    List<OID> oids =
        List.of(
            Oids.at(Oids.IF_WIDE_IN, index),
            Oids.at(Oids.IF_WIDE_OUT, index),
            Oids.at(Oids.IF_IN, index),
            Oids.at(Oids.IF_OUT, index));
    return asker
        .ask(device, Question.get(oids))
        .thenApply(
            answer -> {
              if (answer instanceof Answer.Values values) {
                boolean wide = Interface.isNumber(values.all().get(0).getVariable());
                boolean narrow = Interface.isNumber(values.all().get(2).getVariable());
                String said =
                    wide ? "They have 64 bits." : narrow ? "They have 32 bits." : "There are none.";
                steps.add(new Step("counters", wide || narrow, said));
              } else {
                String why = String.valueOf(new Unanswered(answer).getMessage());
                steps.add(new Step("counters", false, "They could not be asked for: " + why + "."));
              }
              return List.copyOf(steps);
            });
  }
}
