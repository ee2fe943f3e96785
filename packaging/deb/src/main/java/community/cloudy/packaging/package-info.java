/** What the packages hold beside the program, made from its commands. Not part of the program. */
@NullMarked
package community.cloudy.packaging;

import org.jspecify.annotations.NullMarked;
