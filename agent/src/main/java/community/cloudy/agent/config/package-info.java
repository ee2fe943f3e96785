/**
 * The configuration: YAML files, drop-ins and overrides read into records, every problem reported
 * at once with its file, line and column. Knows the keys and their defaults; acts on none of them.
 */
@NullMarked
package community.cloudy.agent.config;

import org.jspecify.annotations.NullMarked;
