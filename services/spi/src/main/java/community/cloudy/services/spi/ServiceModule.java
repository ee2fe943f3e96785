package community.cloudy.services.spi;

import java.util.List;

/**
 * Code that manages one kind of service on this node. Found by {@link java.util.ServiceLoader}; a
 * third party's jar lies in the plug-in folder and says in its manifest, by {@code
 * Cloudy-Module-Api: 1}, which version of this contract it was made for.
 *
 * <p>Its constructor does nothing. The order of calls is {@link #start}, any number of {@link
 * ServiceInstance#reload}, then {@link ServiceInstance#stop} or {@link ServiceInstance#close};
 * these never overlap. The methods of this interface may be called from any thread at any time.
 *
 * @param <C> what a person can set: a record of {@link
 *     community.cloudy.services.spi.settings.Setting} components
 * @param <I> what runs once it has started
 */
public interface ServiceModule<C extends Record, I extends ServiceInstance<C>> {
  /** The version of this contract. */
  int API = 1;

  /** Returns what it is. */
  Descriptor descriptor();

  /** Returns the record of what a person can set. */
  Class<C> settings();

  /**
   * Begins to manage the service. May block for some seconds, but does not wait for the service to
   * be ready: that is for {@link ServiceInstance#status}.
   *
   * @throws ServiceException if it cannot now, with the reason and a remedy; nothing is left
   *     running that did not run before, and it is tried again later
   */
  I start(C settings, ModuleContext context);

  /** Returns what it answers by REST under {@code /v1/modules/ID/}; the same at every call. */
  default List<Resource<I>> resources() {
    return List.of();
  }

  /**
   * Returns what a backup of the node leaves out of this module's folder, as paths relative to it:
   * what is made again by itself, and data too large for it.
   */
  default List<String> leftOut() {
    return List.of();
  }
}
