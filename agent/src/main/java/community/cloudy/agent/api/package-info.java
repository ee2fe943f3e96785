/**
 * The REST API: the route table, what each route answers, and the HTTP server. The only package
 * that sees Jetty. Decides nothing about the community: it asks the {@code Community} it is given.
 */
@NullMarked
package community.cloudy.agent.api;

import org.jspecify.annotations.NullMarked;
