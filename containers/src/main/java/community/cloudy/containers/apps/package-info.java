/**
 * Apps: folders of a {@code compose.yaml} and an {@code app.yaml} from which stacks are installed,
 * the signed catalogues they come in, and the importers of others' formats. Knows what a stack's
 * folder holds, but runs nothing.
 */
@NullMarked
package community.cloudy.containers.apps;

import org.jspecify.annotations.NullMarked;
