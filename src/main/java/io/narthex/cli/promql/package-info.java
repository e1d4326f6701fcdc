/// `narthex promql`: tools on queries, with promtool's flags and output.
@NullMarked
package io.narthex.cli.promql;

import org.jspecify.annotations.NullMarked;
