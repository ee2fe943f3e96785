package community.cloudy.services.peerstreamer;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A streamer by its contract: understands the command lines of the real ones, and moves chunks over
 * UDP from a source to those that have said hello, who hand them on to those that have said hello
 * to them. Run as a program of its own.
 */
public final class StreamerDouble {
  private static final String CLASSIC_HELP = "[-F config]: configure the output module";
  private static final String ENGINE_HELP = "-c <config_str>: declares configuration";
  private static final int HELLO_EVERY = 200;
  private static final long FORGOTTEN_AFTER = 2_000_000_000L;
  private static final int REMEMBERED = 10_000;

  private final DatagramSocket peers;
  private final DatagramSocket output = new DatagramSocket();
  private final Map<SocketAddress, Long> neighbours = new ConcurrentHashMap<>();
  private final Map<Long, Boolean> seen =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };
  private final Map<String, String> options;

  private StreamerDouble(Map<String, String> options) throws IOException {
    this.options = options;
    peers =
        new DatagramSocket(Integer.parseInt(options.get("port")), InetAddress.getLoopbackAddress());
  }

  /**
   * Writes a script of that name that runs one as a program does.
   *
   * @param dialect {@code classic} or {@code engine}
   */
  public static Path install(Path folder, String name, String dialect) throws IOException {
    Path script = Files.createDirectories(folder).resolve(name);
    URL classes = StreamerDouble.class.getProtectionDomain().getCodeSource().getLocation();
    Files.writeString(
        script,
        """
        #!/bin/sh
        exec '%s' -Xshare:auto -XX:TieredStopAtLevel=1 -Xmx32m -cp '%s' '%s' %s "$@"
        """
            .formatted(
                Path.of(System.getProperty("java.home"), "bin/java"),
                classes.getPath(),
                StreamerDouble.class.getName(),
                dialect));
    script.toFile().setExecutable(true);
    return script;
  }

  /** Runs one: the dialect, and then what the real one takes. */
  public static void main(String[] arguments) throws Exception {
    List<String> rest = new ArrayList<>(List.of(arguments));
    boolean engine = rest.remove(0).equals("engine");
    if (rest.equals(List.of("-h"))) {
      System.err.println(engine ? ENGINE_HELP : CLASSIC_HELP);
      System.exit(1);
    }
    new StreamerDouble(engine ? engine(rest) : classic(rest)).run();
  }

  private static Map<String, String> classic(List<String> arguments) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      String value = arguments.get(i + 1);
      switch (arguments.get(i)) {
        case "-I" -> options.put("iface", value);
        case "-P" -> options.put("port", value);
        case "-i" -> options.put("host", value);
        case "-p" -> options.put("from", value);
        case "-f", "-F" -> {
          // The real one sends nothing without that word.
          demand(value.startsWith("null,"), value);
          options.putAll(pairs(value.substring("null,".length())));
        }
        default -> demand(false, arguments.get(i));
      }
    }
    return options;
  }

  private static Map<String, String> engine(List<String> arguments) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      String value = arguments.get(i + 1);
      switch (arguments.get(i)) {
        case "-i" -> options.put("host", value);
        case "-p" -> options.put("from", value);
        case "-c" -> options.putAll(pairs(value));
        default -> demand(false, arguments.get(i));
      }
    }
    return options;
  }

  private static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new HashMap<>();
    for (String pair : text.split(",", -1)) {
      String[] parts = pair.split("=", 2);
      pairs.put(parts[0], parts[1]);
    }
    return pairs;
  }

  private static void demand(boolean fine, String what) {
    if (!fine) {
      System.err.println("unknown option " + what);
      System.exit(2);
    }
  }

  private void run() throws IOException {
    if ("udp".equals(options.get("chunkiser"))) {
      Thread thread = new Thread(this::chunkise);
      thread.setDaemon(true);
      thread.start();
    } else {
      demand("udp".equals(options.get("dechunkiser")), "no dechunkiser");
    }
    peers.setSoTimeout(HELLO_EVERY);
    DatagramPacket packet = new DatagramPacket(new byte[65536], 65536);
    long said = 0;
    while (true) {
      if (System.nanoTime() - said > HELLO_EVERY * 1_000_000L) {
        sayHello();
        said = System.nanoTime();
      }
      try {
        packet.setLength(65536);
        peers.receive(packet);
        took(packet);
      } catch (SocketTimeoutException e) {
        // Nobody has sent anything.
      }
    }
  }

  private void sayHello() throws IOException {
    if (options.containsKey("host")) {
      SocketAddress to =
          new InetSocketAddress(options.get("host"), Integer.parseInt(options.get("from")));
      peers.send(new DatagramPacket(new byte[] {'h'}, 1, to));
    }
  }

  private void took(DatagramPacket packet) throws IOException {
    if (packet.getLength() == 1) {
      neighbours.put(packet.getSocketAddress(), System.nanoTime());
      return;
    }
    long number = ByteBuffer.wrap(packet.getData()).getLong();
    if (seen.put(number, true) == null) {
      spread(packet.getData(), packet.getLength());
      SocketAddress to =
          new InetSocketAddress(options.get("addr"), Integer.parseInt(options.get("port0")));
      output.send(new DatagramPacket(packet.getData(), 8, packet.getLength() - 8, to));
    }
  }

  private void spread(byte[] chunk, int length) throws IOException {
    neighbours.values().removeIf(heard -> System.nanoTime() - heard > FORGOTTEN_AFTER);
    for (SocketAddress neighbour : neighbours.keySet()) {
      peers.send(new DatagramPacket(chunk, length, neighbour));
    }
  }

  /** Makes a chunk of each datagram; its number goes on where a former source's ended. */
  private void chunkise() {
    try (DatagramSocket input = new DatagramSocket(Integer.parseInt(options.get("port0")))) {
      byte[] chunk = new byte[65536];
      long number = System.currentTimeMillis() << 20;
      while (true) {
        DatagramPacket packet = new DatagramPacket(chunk, 8, chunk.length - 8);
        input.receive(packet);
        ByteBuffer.wrap(chunk).putLong(number++);
        spread(chunk, packet.getLength() + 8);
      }
    } catch (IOException e) {
      e.printStackTrace();
      System.exit(3);
    }
  }
}
