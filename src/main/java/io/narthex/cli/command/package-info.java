/// Trees of commands, as tools have them: `narthex tsdb list -r DIR`.
///
/// Owns: what a command is ({@link io.narthex.cli.command.Command}), how a command line is read by
/// one ({@link io.narthex.cli.command.CommandReader}), and help. Rules, wording and layout are
/// those of Kingpin, which promtool uses, so that scripts and people see no difference. What a
/// command does is its {@link io.narthex.cli.command.ToolGroup}'s business.
@NullMarked
package io.narthex.cli.command;

import org.jspecify.annotations.NullMarked;
