/**
 * Syncthing, run by the node or attached to: folders and devices by its REST API, and pairing with
 * nodes whose device is named by an announcement that can be trusted. Syncthing itself keeps which
 * folders and devices there are; how it may reach others is set here.
 */
@NullMarked
package community.cloudy.services.syncthing;

import org.jspecify.annotations.NullMarked;
