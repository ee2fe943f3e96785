package community.cloudy.containers.apps;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;

/** What may be filled into a field. */
public sealed interface FieldKind {
  /** The longest value of any field, in characters. */
  int MAX_LENGTH = 1000;

  /**
   * Returns {@code value} if it may stand in such a field.
   *
   * @throws IllegalArgumentException if not; the message completes "NAME …"
   */
  String checked(String value);

  /** Returns the kind's name, as {@code app.yaml} has it. */
  String type();

  /**
   * A line of text.
   *
   * @param pattern what all of it must match (RE2, so in linear time)
   */
  record Text(int maxLength, Optional<Pattern> pattern) implements FieldKind {
    /** Checks the length. */
    public Text {
      if (maxLength < 1 || maxLength > MAX_LENGTH) {
        throw new IllegalArgumentException("max_length must be 1 to " + MAX_LENGTH);
      }
    }

    @Override
    public String checked(String value) {
      if (value.codePointCount(0, value.length()) > maxLength) {
        throw new IllegalArgumentException("must have at most " + maxLength + " characters");
      }
      if (pattern.isPresent() && !pattern.get().matches(value)) {
        throw new IllegalArgumentException("must match " + pattern.get());
      }
      return value;
    }

    @Override
    public String type() {
      return "string";
    }
  }

  /**
   * A secret a person chooses.
   *
   * @param minLength in characters
   */
  record Password(int minLength) implements FieldKind {
    /** Checks the length. */
    public Password {
      if (minLength < 1 || minLength > 64) {
        throw new IllegalArgumentException("min_length must be 1 to 64");
      }
    }

    @Override
    public String checked(String value) {
      if (value.codePointCount(0, value.length()) < minLength) {
        throw new IllegalArgumentException("must have at least " + minLength + " characters");
      }
      return value;
    }

    @Override
    public String type() {
      return "password";
    }
  }

  /**
   * A secret made at random where none is given.
   *
   * @param length in characters of 62 kinds
   */
  record Generated(int length) implements FieldKind {
    /** Checks the length. */
    public Generated {
      if (length < 16 || length > 128) {
        throw new IllegalArgumentException("length must be 16 to 128");
      }
    }

    @Override
    public String checked(String value) {
      if (value.length() < 8) {
        throw new IllegalArgumentException("must have at least 8 characters");
      }
      return value;
    }

    @Override
    public String type() {
      return "secret";
    }
  }

  /** A whole number from {@code min} to {@code max}. */
  record Whole(long min, long max) implements FieldKind {
    /** Checks the order. */
    public Whole {
      if (min > max) {
        throw new IllegalArgumentException("min must not be above max");
      }
    }

    @Override
    public String checked(String value) {
      long number = Numbers.whole(value);
      if (number < min || number > max) {
        throw new IllegalArgumentException("must be " + min + " to " + max);
      }
      return Long.toString(number);
    }

    @Override
    public String type() {
      return "integer";
    }
  }

  /** True or false. */
  record Flag() implements FieldKind {
    @Override
    public String checked(String value) {
      if (!value.equals("true") && !value.equals("false")) {
        throw new IllegalArgumentException("must be true or false");
      }
      return value;
    }

    @Override
    public String type() {
      return "boolean";
    }
  }

  /** One of some values. */
  record Choice(List<Option> options) implements FieldKind {
    /** Checks that there is a choice. */
    public Choice {
      if (options.isEmpty()) {
        throw new IllegalArgumentException("options must have one at least");
      }
      options = List.copyOf(options);
    }

    @Override
    public String checked(String value) {
      List<String> values = options.stream().map(Option::value).toList();
      if (!values.contains(value)) {
        throw new IllegalArgumentException("must be one of " + String.join(", ", values));
      }
      return value;
    }

    @Override
    public String type() {
      return "choice";
    }
  }

  /**
   * A value to choose.
   *
   * @param label what people read
   */
  record Option(String value, Words label) {}

  /** A port of the node: 1024 to 65535, since lower ones are the system's own. */
  record Port(Protocol protocol) implements FieldKind {
    /** The lowest port an app may have. */
    public static final int LOWEST = 1024;

    @Override
    public String checked(String value) {
      long port = Numbers.whole(value);
      if (port < LOWEST || port > 65535) {
        throw new IllegalArgumentException("must be " + LOWEST + " to 65535");
      }
      return Long.toString(port);
    }

    @Override
    public String type() {
      return "port";
    }
  }

  /** What a port speaks. */
  enum Protocol {
    TCP,
    UDP
  }

  /** A number of bytes from {@code min} to {@code max}, written as {@code 512m}. */
  record Size(long min, long max) implements FieldKind {
    /** Checks the order. */
    public Size {
      if (min > max) {
        throw new IllegalArgumentException("min must not be above max");
      }
    }

    @Override
    public String checked(String value) {
      long bytes = Numbers.bytes(value);
      if (bytes < min || bytes > max) {
        throw new IllegalArgumentException(
            "must be " + Numbers.size(min) + " to " + Numbers.size(max));
      }
      return value;
    }

    @Override
    public String type() {
      return "size";
    }
  }
}
