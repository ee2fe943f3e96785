package community.cloudy.services.squid;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A small site at an address of this machine that is not loopback: the proxy never goes there. */
final class Origin implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch rest = new CountDownLatch(1);
  private final String address;

  Origin(String address) throws IOException {
    this.address = address;
    server = HttpServer.create(new InetSocketAddress(address, 0), 20);
    server.setExecutor(threads);
    server.createContext("/", this::page);
    server.createContext("/halves", this::halves);
    server.start();
  }

  /** Returns an address of this machine that its home or community knows it by. */
  static Optional<String> address() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .filter(each -> !each.getName().startsWith("docker") && !each.getName().startsWith("br-"))
        .flatMap(each -> each.getInterfaceAddresses().stream())
        .map(InterfaceAddress::getAddress)
        .filter(found -> found instanceof Inet4Address && !found.isLoopbackAddress())
        .map(InetAddress::getHostAddress)
        .findFirst();
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url(String path) {
    return "http://" + address + ":" + port() + path;
  }

  int asked() {
    return asked.get();
  }

  /** Lets the second half of {@code /halves} go. */
  void letGo() {
    rest.countDown();
  }

  private void page(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    byte[] page = "hello".getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Cache-Control", "public, max-age=600");
    exchange.sendResponseHeaders(200, page.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(page);
    }
  }

  private void halves(HttpExchange exchange) throws IOException {
    byte[] half = new byte[200_000];
    exchange.sendResponseHeaders(200, 2L * half.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(half);
      out.flush();
      rest.await();
      out.write(half);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    rest.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
