/// `narthex tsdb`: tools on data folders, with promtool's flags and output.
@NullMarked
package io.narthex.cli.tsdb;

import org.jspecify.annotations.NullMarked;
