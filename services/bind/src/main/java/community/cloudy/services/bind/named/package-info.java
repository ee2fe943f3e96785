/**
 * How named is configured, checked, controlled and asked: its files, its keys and its programs, by
 * their arguments. Knows nothing of what is announced.
 */
@NullMarked
package community.cloudy.services.bind.named;

import org.jspecify.annotations.NullMarked;
