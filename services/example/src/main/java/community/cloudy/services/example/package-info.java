/**
 * A module as a third party would write it, from the contract alone: it shares a folder by HTTP
 * with Python's web server.
 */
@NullMarked
package community.cloudy.services.example;

import org.jspecify.annotations.NullMarked;
