package community.cloudy.services.spi.xml;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a document, refused once there are too many of them, or of them in one piece: a
 * parser holds a whole tag or comment in memory, however long it is. A piece goes from one {@code
 * <} to the next, which attributes and texts cannot hold; comments and CDATA, which can, to their
 * end. In an encoding where this byte is another sign, all is one piece.
 */
final class Pieces extends FilterInputStream {
  private static final String COMMENT = "<!--";
  private static final String DATA = "<![CDATA[";

  private final Xml.Limits limits;
  private final StringBuilder opening = new StringBuilder();
  private String closing = "";
  private int closed;
  private long total;
  private int piece;

  Pieces(InputStream in, Xml.Limits limits) {
    super(in);
    this.limits = limits;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    for (int i = offset; i < offset + read; i++) {
      count(buffer[i]);
    }
    return read;
  }

  private void count(byte b) throws IOException {
    if (++total > limits.bytes() || ++piece > limits.piece()) {
      throw new IOException("it is too long or has too long a piece");
    }
    if (b == 0) {
      return; // Half of a sign in UTF-16.
    }
    if (!closing.isEmpty()) {
      // The two that may repeat at the end, - and ], do not set it back.
      closed = b == closing.charAt(closed) ? closed + 1 : b == closing.charAt(0) ? closed : 0;
      closing = closed == closing.length() ? "" : closing;
    } else if (b == '<') {
      piece = 1;
      opening.setLength(0);
      opening.append('<');
    } else if (opening.length() > 0) {
      open((char) b);
    }
  }

  private void open(char c) {
    opening.append(c);
    String begun = opening.toString();
    if (begun.equals(COMMENT) || begun.equals(DATA)) {
      closing = begun.equals(COMMENT) ? "-->" : "]]>";
      closed = 0;
    }
    if (!closing.isEmpty() || !(COMMENT.startsWith(begun) || DATA.startsWith(begun))) {
      opening.setLength(0);
    }
  }
}
