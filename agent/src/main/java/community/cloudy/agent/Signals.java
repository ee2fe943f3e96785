package community.cloudy.agent;

import java.lang.reflect.Proxy;

/**
 * The signals a daemon hears. The JDK's one way to hear them, {@code sun.misc.Signal}, is called by
 * reflection because the compiler's warning about it cannot be answered.
 */
final class Signals {
  private Signals() {}

  /** Runs {@code action}, on a thread of its own, whenever the process gets {@code signal}. */
  static void on(String signal, Runnable action) {
    try {
      Class<?> type = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handlerType},
              (proxy, method, arguments) -> {
                action.run();
                return null;
              });
      Object named = type.getConstructor(String.class).newInstance(signal);
      type.getMethod("handle", type, handlerType).invoke(null, named, handler);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java cannot hear SIG" + signal, e);
    }
  }
}
