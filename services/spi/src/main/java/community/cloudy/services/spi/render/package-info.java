/**
 * How the files of what a module runs are written: a version at a time, checked before it is used,
 * and put back if it does not work; and what its user may do with them. Knows no syntax: each
 * module quotes for its own files.
 */
@NullMarked
package community.cloudy.services.spi.render;

import org.jspecify.annotations.NullMarked;
