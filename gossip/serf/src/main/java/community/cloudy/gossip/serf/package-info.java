/**
 * SWIM membership and the Serf protocol, wire-compatible with HashiCorp Serf: a library with no
 * knowledge of Cloudy. Other jars use this package only; its subpackages are the implementation.
 */
@NullMarked
package community.cloudy.gossip.serf;

import org.jspecify.annotations.NullMarked;
