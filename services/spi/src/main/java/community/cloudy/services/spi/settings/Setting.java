package community.cloudy.services.spi.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a component of a record of settings. Its key is the component's name in snake_case. Its
 * type is one of
 *
 * <ul>
 *   <li>{@code boolean}, {@code int}, {@code long}, {@code double}, {@code String}, an enum (its
 *       constants in lower case), {@code Duration} ({@code 90s}, {@code 30m}, {@code 2h}, {@code
 *       7d}), {@code Path} (absolute);
 *   <li>a record with one component called {@code text}, a {@code String}: a text that the record's
 *       constructor checks;
 *   <li>another record of settings: a map;
 *   <li>{@code Optional} of these, {@code List} of these, {@code Map<String, …>} of these.
 * </ul>
 *
 * <p>A constructor refuses with {@link IllegalArgumentException}, whose message follows the key:
 * "must be …".
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Setting {
  /** What it is, in English: a sentence without the full stop. */
  String value();

  /** The same in Catalan. */
  String ca() default "";

  /** The same in Spanish. */
  String es() default "";

  /**
   * What holds if nothing is written. A component that is no {@code Optional}, {@code List}, {@code
   * Map} or record and has none must be written.
   */
  String fallback() default "";

  /** The least that a number may be. */
  long min() default 0;

  /** The most that a number may be, or that a text, list or map may have of characters or items. */
  long max() default 4096;

  /** What the whole of a text must match; the empty pattern means anything on one line. */
  String pattern() default "";
}
