/** What a person can set of BIND: records that check themselves. No files, no network. */
@NullMarked
package community.cloudy.services.bind.settings;

import org.jspecify.annotations.NullMarked;
