package community.cloudy.services.spi.xml;

import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads XML of others as it comes: without types, without entities, and only so deep, so long and
 * in pieces so short. What it holds of a document at a time is one piece.
 */
public final class Xml {
  private Xml() {}

  /**
   * How much a document may be.
   *
   * @param depth elements in elements
   * @param elements of them all
   * @param bytes of the whole
   * @param piece bytes of a tag with its attributes, a text or a comment
   */
  public record Limits(int depth, long elements, long bytes, int piece) {}

  /** Is told of elements; refuses by {@link IllegalArgumentException}. */
  public interface Listener {
    /** An element begins. */
    void begin(Element element);

    /** An element of that name, and all in it, is over. */
    default void end(String name) {}

    /** A text, or a part of one, in the element that began last. */
    default void text(String text) {}
  }

  /**
   * An element.
   *
   * @param attributes its attributes, by name
   */
  public record Element(String name, Map<String, String> attributes) {
    /** Copies the attributes. */
    public Element {
      attributes = Map.copyOf(attributes);
    }

    /** Returns an attribute, without space around it; empty if there is none. */
    public String at(String attribute) {
      return attributes.getOrDefault(attribute, "").strip();
    }
  }

  /**
   * Reads all of a document.
   *
   * @param what it is, for the message
   * @param document is not closed
   * @throws ServiceException if it is not whole, is over the limits, or the listener refuses, with
   *     the line
   */
  public static void read(String what, InputStream document, Limits limits, Listener listener) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    int line = 1;
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new Pieces(document, limits));
      int depth = 0;
      long elements = 0;
      while (reader.hasNext()) {
        int event = reader.next();
        line = reader.getLocation().getLineNumber();
        if (event == XMLStreamConstants.START_ELEMENT) {
          if (++depth > limits.depth() || ++elements > limits.elements()) {
            throw new IllegalArgumentException("it is too deep or has too many elements");
          }
          listener.begin(element(reader));
        } else if (event == XMLStreamConstants.END_ELEMENT) {
          depth--;
          listener.end(reader.getLocalName());
        } else if (event == XMLStreamConstants.DTD) {
          throw new IllegalArgumentException("it must not declare a document type");
        } else if (event == XMLStreamConstants.CHARACTERS) {
          listener.text(reader.getText());
        }
      }
    } catch (XMLStreamException | IllegalArgumentException e) {
      String reason = String.valueOf(reason(e)).lines().reduce((a, b) -> b).orElse("");
      throw new ServiceException(
          Code.INVALID,
          "Could not read %s: line %d: %s. What was read before stays."
              .formatted(what, line, reason),
          e);
    }
  }

  /** What the reader of bytes refuses, the parser hides in an exception of its own. */
  private static String reason(Exception e) {
    return String.valueOf(
        e.getCause() instanceof IOException cause ? cause.getMessage() : e.getMessage());
  }

  private static Element element(XMLStreamReader reader) {
    Map<String, String> attributes = new HashMap<>();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
    }
    return new Element(reader.getLocalName(), attributes);
  }
}
