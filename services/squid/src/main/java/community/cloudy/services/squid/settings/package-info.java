/** What a person can set of the proxy. Values that check themselves; nothing that runs. */
@NullMarked
package community.cloudy.services.squid.settings;

import org.jspecify.annotations.NullMarked;
