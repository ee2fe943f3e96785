/** What Squid tells of itself: its reports and its log, and a page fetched to try it. */
@NullMarked
package community.cloudy.services.squid.figures;

import org.jspecify.annotations.NullMarked;
