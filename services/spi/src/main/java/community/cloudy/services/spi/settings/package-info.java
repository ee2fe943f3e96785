/**
 * What a person can set of a module: records, and all that follows from them: how they are read and
 * checked, their JSON Schema, which is the dashboard's form as well, and their reference in words.
 * Knows no files and no YAML.
 */
@NullMarked
package community.cloudy.services.spi.settings;

import org.jspecify.annotations.NullMarked;
