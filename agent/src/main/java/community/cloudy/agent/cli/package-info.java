/**
 * The command line. Talks to a running agent over its API only, so that starting a command loads
 * neither the HTTP server nor the gossip library.
 */
@NullMarked
package community.cloudy.agent.cli;

import org.jspecify.annotations.NullMarked;
