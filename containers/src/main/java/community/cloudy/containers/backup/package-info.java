/**
 * Backups of stacks: one archive of files and data with a manifest of hashes, made on demand or by
 * a schedule, kept as long as a retention says, and restored whole or not at all. Data travel
 * through the engine, since this process may not read what containers own.
 */
@NullMarked
package community.cloudy.containers.backup;

import org.jspecify.annotations.NullMarked;
