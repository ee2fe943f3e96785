/**
 * What guifi.net, or a community that answers like it, says of domains and addresses: documents of
 * XML, bounded and taken whole or not at all.
 */
@NullMarked
package community.cloudy.services.bind.guifi;

import org.jspecify.annotations.NullMarked;
