/** What is in the store, for programs: JSON for pages, CSV for tables, text for Prometheus. */
@NullMarked
package community.cloudy.services.graphs.view;

import org.jspecify.annotations.NullMarked;
