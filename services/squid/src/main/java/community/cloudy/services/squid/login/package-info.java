/**
 * How Squid asks this node who somebody is: {@code LoginPipe} is the program that Squid starts, and
 * does little more than pass lines on; {@code LoginDoor} is the socket at its other end, inside the
 * agent, and {@code LoginLine} what the lines say.
 */
@NullMarked
package community.cloudy.services.squid.login;

import org.jspecify.annotations.NullMarked;
