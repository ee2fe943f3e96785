/** What a person can set of the devices to watch and of how they are asked; knows no network. */
@NullMarked
package community.cloudy.services.graphs.settings;

import org.jspecify.annotations.NullMarked;
