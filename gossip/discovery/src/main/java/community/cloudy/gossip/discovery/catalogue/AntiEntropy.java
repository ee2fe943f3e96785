package community.cloudy.gossip.discovery.catalogue;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import community.cloudy.gossip.discovery.NodeKey;
import community.cloudy.gossip.discovery.catalogue.ExchangeMessage.Item;
import community.cloudy.gossip.discovery.catalogue.ExchangeMessage.Offer;
import community.cloudy.gossip.discovery.catalogue.ExchangeMessage.Owners;
import community.cloudy.gossip.discovery.catalogue.ExchangeMessage.Records;
import community.cloudy.gossip.serf.ChannelLink;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.transport.Scheduler;
import community.cloudy.gossip.serf.wire.Bytes;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * Makes two catalogues equal over streams: compare sums, then the nodes that differ, then fetch and
 * bring what is missing. One exchange runs at a time; others may ask this node meanwhile.
 */
final class AntiEntropy {
  /** Rounds of one exchange: each brings at least half a megabyte. */
  private static final int MAX_ROUNDS = 40;

  private static final long CHECK_INTERVAL = MILLISECONDS.toNanos(50);

  private final ChannelLink link;
  private final Exchange exchange;
  private final Scheduler scheduler;
  private final BiConsumer<Endpoint, Item> take;
  private final IntSupplier beingChecked;
  private boolean running;
  private long completed;
  private long failed;

  AntiEntropy(
      ChannelLink link,
      Exchange exchange,
      Scheduler scheduler,
      BiConsumer<Endpoint, Item> take,
      IntSupplier beingChecked) {
    this.link = link;
    this.exchange = exchange;
    this.scheduler = scheduler;
    this.take = take;
    this.beingChecked = beingChecked;
  }

  boolean isRunning() {
    return running;
  }

  long completed() {
    return completed;
  }

  long failed() {
    return failed;
  }

  /** Exchanges with {@code peer}, unless an exchange is running; {@code done} runs at its end. */
  void start(Endpoint peer, Runnable done) {
    if (running) {
      done.run();
      return;
    }
    running = true;
    ask(
        peer,
        exchange.summary(),
        done,
        answer -> {
          if (answer instanceof Owners theirs) {
            fetch(peer, exchange.differences(theirs), MAX_ROUNDS, done);
          } else {
            end(answer instanceof ExchangeMessage.Done, done);
          }
        });
  }

  private void fetch(Endpoint peer, Set<NodeKey> keys, int rounds, Runnable done) {
    if (keys.isEmpty() || rounds == 0) {
      end(true, done);
      return;
    }
    ask(
        peer,
        exchange.fetch(keys),
        done,
        answer -> {
          if (answer instanceof Records records) {
            records.items().forEach(item -> take.accept(peer, item));
            bring(peer, keys, records, rounds, done);
          } else {
            end(false, done);
          }
        });
  }

  private void bring(Endpoint peer, Set<NodeKey> keys, Records records, int rounds, Runnable done) {
    Offer offer = exchange.offer(records.wanted(), scheduler.nanoTime());
    boolean broughtAll = offer.items().size() == records.wanted().size();
    boolean again = records.more() || (!broughtAll && !offer.items().isEmpty());
    Runnable next = () -> whenChecked(() -> fetch(peer, again ? keys : Set.of(), rounds - 1, done));
    if (offer.items().isEmpty()) {
      next.run();
    } else {
      ask(peer, offer, done, answer -> next.run());
    }
  }

  /** The next question must not ask again for what is still being checked. */
  private void whenChecked(Runnable next) {
    if (beingChecked.getAsInt() == 0) {
      next.run();
    } else {
      scheduler.schedule(CHECK_INTERVAL, () -> whenChecked(next));
    }
  }

  private void ask(
      Endpoint peer, ExchangeMessage request, Runnable done, Consumer<ExchangeMessage> then) {
    link.request(
        peer,
        request.encode(),
        answer -> {
          Optional<ExchangeMessage> message = answer.flatMap(AntiEntropy::decoded);
          if (message.isPresent()) {
            then.accept(message.get());
          } else {
            end(false, done);
          }
        });
  }

  private static Optional<ExchangeMessage> decoded(Bytes bytes) {
    try {
      return Optional.of(ExchangeMessage.decode(bytes));
    } catch (RecordException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void end(boolean well, Runnable done) {
    running = false;
    if (well) {
      completed++;
    } else {
      failed++;
    }
    done.run();
  }
}
