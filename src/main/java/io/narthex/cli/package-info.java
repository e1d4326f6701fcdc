/// The command line: `narthex [ROLE] [flags]`.
///
/// Owns the tables of flags (Prometheus' own spelling, defaults and kinds), how they are read (the
/// rules and the wording of Kingpin, which Prometheus uses, so that scripts see no difference) and
/// help. What comes out are the records of `role.flags`; nothing here starts anything.
@NullMarked
package io.narthex.cli;

import org.jspecify.annotations.NullMarked;
