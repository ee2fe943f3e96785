/**
 * What a service module is and what it may ask of the node: the whole of what a module, ours or a
 * third party's, compiles against, together with {@code settings}, {@code render} and the values of
 * discovery. Contracts and values only; no module, no agent, no process.
 */
@NullMarked
package community.cloudy.services.spi;

import org.jspecify.annotations.NullMarked;
