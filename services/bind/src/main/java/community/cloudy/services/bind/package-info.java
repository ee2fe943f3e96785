/**
 * DNS for the community, served by BIND: the module and its life. The values are in {@code
 * settings} and {@code zone}, named's own ways in {@code named}, the names of what is announced in
 * {@code live}, documents of guifi.net in {@code guifi}.
 */
@NullMarked
package community.cloudy.services.bind;

import org.jspecify.annotations.NullMarked;
