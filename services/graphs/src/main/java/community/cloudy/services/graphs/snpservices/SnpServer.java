package community.cloudy.services.graphs.snpservices;

import community.cloudy.services.graphs.model.Inventory;
import community.cloudy.services.graphs.picture.Pictures;
import community.cloudy.services.graphs.store.Store;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.function.Supplier;

/** The door of snpservices: answers by HTTP from its start until it is closed. */
public final class SnpServer implements Closeable {
  private final Listener listener;

  /**
   * Begins to listen.
   *
   * @param address where; port 0 takes a free one
   * @param inventory what is watched now
   * @throws IOException if the address is not free
   */
  public SnpServer(
      InetSocketAddress address,
      Supplier<Inventory> inventory,
      Store store,
      InstantSource clock,
      SnpSettings settings)
      throws IOException {
    Pictures pictures = new Pictures(store, inventory, settings.zone().id());
    Live live = new Live(clock, Live::system);
    SnpServices services = new SnpServices(inventory, store, pictures, live, clock, settings);
    this.listener = new Listener(address, services::answer);
  }

  /** Returns the port that it listens on. */
  public int port() {
    return listener.port();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
