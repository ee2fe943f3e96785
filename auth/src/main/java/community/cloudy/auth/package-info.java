/**
 * Who people are and what they may do: the community's directory, local users, sessions, tokens,
 * roles and the audit log. Knows nothing of HTTP, gossip or the rest of Cloudy.
 */
@NullMarked
package community.cloudy.auth;

import org.jspecify.annotations.NullMarked;
