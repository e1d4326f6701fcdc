/// `narthex check`: whether files, expositions and servers are as they should be, with promtool's
/// flags and output.
@NullMarked
package io.narthex.cli.check;

import org.jspecify.annotations.NullMarked;
