package community.cloudy.services.spi.settings;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a record of settings is made of.
 *
 * @param type the record
 * @param fields its components, in order
 */
record Shape(Class<? extends Record> type, List<Field> fields) {
  /**
   * A component.
   *
   * @param key in snake_case
   * @param component of the record
   * @param setting what is said of it
   * @param kind what may stand there
   */
  record Field(String key, RecordComponent component, Setting setting, Kind kind) {
    /** Tells whether it must be written. */
    boolean isRequired() {
      return (kind instanceof Kind.Single || kind instanceof Kind.Choice)
          && setting.fallback().isEmpty();
    }

    Object of(Record record) {
      return invoke(() -> component.getAccessor().invoke(record));
    }
  }

  /** Returns the shape of {@code type}; one that settings cannot have is its author's fault. */
  static Shape of(Class<? extends Record> type) {
    List<Field> fields = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Setting setting =
          Optional.ofNullable(component.getAnnotation(Setting.class))
              .orElseThrow(() -> wrong(component, "has no @Setting"));
      component.getAccessor().setAccessible(true);
      Kind kind = kind(component, setting, component.getGenericType());
      fields.add(new Field(key(component.getName()), component, setting, kind));
    }
    return new Shape(type, List.copyOf(fields));
  }

  private static Kind kind(RecordComponent component, Setting setting, Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      Kind of = kind(component, setting, arguments[arguments.length - 1]);
      if (generic.getRawType() == Optional.class) {
        return new Kind.Maybe(of);
      } else if (generic.getRawType() == List.class) {
        return new Kind.Items(of);
      } else if (generic.getRawType() == Map.class && arguments[0] == String.class) {
        return new Kind.Named(of);
      }
    } else if (type instanceof Class<?> plain) {
      return kind(component, setting, plain);
    }
    throw wrong(component, "is of a type that settings cannot have");
  }

  private static Kind kind(RecordComponent component, Setting setting, Class<?> type) {
    if (type == String.class) {
      return Kind.text(setting);
    } else if (type == boolean.class || type == Boolean.class) {
      return Kind.flag();
    } else if (type == int.class || type == Integer.class) {
      return Kind.number(setting, "integer", Integer::valueOf);
    } else if (type == long.class || type == Long.class) {
      return Kind.number(setting, "integer", Long::valueOf);
    } else if (type == double.class || type == Double.class) {
      return Kind.number(setting, "number", Double::valueOf);
    } else if (type == Duration.class) {
      return Kind.time();
    } else if (type == Path.class) {
      return Kind.path();
    } else if (type.isEnum()) {
      return Kind.choice(type);
    } else if (type.isRecord()) {
      return record(setting, type.asSubclass(Record.class));
    }
    throw wrong(component, "is of a type that settings cannot have");
  }

  private static Kind record(Setting setting, Class<? extends Record> type) {
    RecordComponent[] components = type.getRecordComponents();
    boolean isText =
        components.length == 1
            && components[0].getName().equals("text")
            && components[0].getType() == String.class;
    if (!isText) {
      return new Kind.Group(of(type));
    }
    components[0].getAccessor().setAccessible(true);
    Kind.Single text = Kind.text(setting);
    return new Kind.Single(
        "string",
        written -> make(type, List.of(text.parser().apply(written))),
        value -> (String) invoke(() -> components[0].getAccessor().invoke(value)));
  }

  /** Makes the record; throws what its constructor refuses. */
  Record make(List<Object> values) {
    return make(type, values);
  }

  private static Record make(Class<? extends Record> type, List<Object> values) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    return (Record)
        invoke(
            () -> {
              Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
              constructor.setAccessible(true);
              return constructor.newInstance(values.toArray());
            });
  }

  private interface Reflection {
    Object call() throws ReflectiveOperationException;
  }

  private static Object invoke(Reflection call) {
    try {
      return call.call();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refusal) {
        throw refusal;
      }
      throw new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String key(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static IllegalArgumentException wrong(RecordComponent component, String why) {
    return new IllegalArgumentException(
        component.getDeclaringRecord() + "." + component + " " + why);
  }
}
