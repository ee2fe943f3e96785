package community.cloudy.services.syncthing;

import community.cloudy.containers.process.Command;
import community.cloudy.gossip.discovery.store.SafeFile;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import community.cloudy.services.spi.render.Rights;
import community.cloudy.services.spi.workload.Account;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * The folder in which an own instance keeps its certificate, its index and its configuration. What
 * is set here is written into the configuration before each start, so that Syncthing never opens a
 * connection that nobody wanted.
 */
final class Home {
  private static final int MOST = 8 << 20;
  private static final Duration GENERATES = Duration.ofMinutes(2);
  private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
  private static final int KEY_LENGTH = 32;
  private static final int HASH_LENGTH = 53;

  private final Path folder;
  private final RandomGenerator random;

  Home(Path folder, RandomGenerator random) {
    this.folder = folder;
    this.random = random;
  }

  Path path() {
    return folder;
  }

  private Path config() {
    return folder.resolve("config.xml");
  }

  /** Makes certificate and configuration, where there are none, and writes what is set. */
  void prepare(SyncthingSettings settings, InetAddress node) {
    Rights rights = new Rights(settings.user());
    try {
      SafeFile.createFolder(folder);
      rights.owned(folder);
      if (!Files.exists(config())) {
        generate(settings);
      }
      Document document = read();
      apply(document, settings, node);
      SafeFile.write(config(), bytes(document), "rw-------");
      rights.owned(config());
    } catch (IOException | SAXException | TransformerException | ParserConfigurationException e) {
      throw new ServiceException(
          Code.FAILED,
          "Could not write %s: %s. Make room, or mend the file."
              .formatted(config(), e.getMessage()),
          e);
    }
  }

  private void generate(SyncthingSettings settings) throws IOException {
    if (!Files.isExecutable(settings.program())) {
      throw new ServiceException(
          Code.MISSING, settings.program() + " is not there. Install it: apt install syncthing");
    }
    List<String> argv = new ArrayList<>();
    settings.user().ifPresent(user -> argv.addAll(Account.of(user).prefix(List.of())));
    argv.addAll(
        List.of(
            settings.program().toString(),
            "generate",
            "--home",
            folder.toString(),
            "--no-default-folder",
            "--skip-port-probing"));
    Map<String, String> environment =
        Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString(), "STMONITORED", "yes");
    Command.Result result = Command.run(argv, environment, folder, GENERATES, MOST >> 10);
    if (!result.succeeded()) {
      throw new IOException(result.errors().strip() + result.output().strip());
    }
  }

  private Document read() throws IOException, SAXException, ParserConfigurationException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(SafeFile.read(config(), MOST)));
  }

  private static byte[] bytes(Document document) throws TransformerException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TransformerFactory.newInstance()
        .newTransformer()
        .transform(new DOMSource(document), new StreamResult(out));
    return out.toByteArray();
  }

  /** Returns the key that its API takes. */
  String apiKey() {
    try {
      Element gui = child(read().getDocumentElement(), "gui");
      return child(gui, "apikey").getTextContent();
    } catch (IOException | SAXException | ParserConfigurationException e) {
      throw new ServiceException(
          Code.FAILED, "Could not read " + config() + ": " + e.getMessage(), e);
    }
  }

  private void apply(Document document, SyncthingSettings settings, InetAddress node) {
    Element root = document.getDocumentElement();
    Element gui = child(root, "gui");
    gui.setAttribute("enabled", "true");
    gui.setAttribute("tls", "false");
    set(gui, "address", "127.0.0.1:" + settings.guiPort());
    if (child(gui, "apikey").getTextContent().length() < KEY_LENGTH) {
      set(gui, "apikey", letters(KEY_LENGTH));
    }
    if (child(gui, "password").getTextContent().isEmpty()) {
      // Whoever is on this box could use a page without a password. Nobody knows one to this hash.
      set(gui, "user", Gui.USER);
      set(gui, "password", "$2a$10$" + letters(HASH_LENGTH));
    }
    Element options = child(root, "options");
    Options.of(settings, node).forEach((name, value) -> set(options, name, value));
  }

  private String letters(int count) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < count; i++) {
      letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return letters.toString();
  }

  /** Sets the one child of that name. */
  private static void set(Element parent, String name, String value) {
    Element only = child(parent, name);
    for (Node next = only.getNextSibling(); next != null; ) {
      Node following = next.getNextSibling();
      if (next.getNodeName().equals(name)) {
        parent.removeChild(next);
      }
      next = following;
    }
    only.setTextContent(value);
  }

  /** Returns the first child of that name, which is made if there is none. */
  private static Element child(Element parent, String name) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getNodeName().equals(name)) {
        return element;
      }
    }
    Element made = parent.getOwnerDocument().createElement(name);
    parent.appendChild(made);
    return made;
  }
}
