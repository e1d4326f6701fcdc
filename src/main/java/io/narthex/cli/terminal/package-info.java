/// What tools speak to: standard input and output ({@link io.narthex.cli.terminal.Terminal}),
/// tables, progress, and how a tool says that it cannot do what was asked.
@NullMarked
package io.narthex.cli.terminal;

import org.jspecify.annotations.NullMarked;
