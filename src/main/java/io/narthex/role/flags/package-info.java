/// What the command line decides about a server, as immutable records: the flags by subject, the
/// features that are switched on, and all of them as `/api/v1/status/flags` shows them. Made by
/// `cli`, used by the role.
@NullMarked
package io.narthex.role.flags;

import org.jspecify.annotations.NullMarked;
