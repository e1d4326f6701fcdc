/// `narthex query`: asks a server over its HTTP API, with promtool's flags and output.
///
/// {@link io.narthex.cli.query.ServerApi} is the client of the API, also for other tools.
@NullMarked
package io.narthex.cli.query;

import org.jspecify.annotations.NullMarked;
