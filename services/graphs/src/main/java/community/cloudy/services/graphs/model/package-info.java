/** What is watched and what was seen: the words that all parts of the module share. */
@NullMarked
package community.cloudy.services.graphs.model;

import org.jspecify.annotations.NullMarked;
