/// The roles of the program: which rooms, in which order, joined by which call. Nothing else lives
/// here.
///
/// Door: one class a role. Invariants: rooms know each other only through what is handed to them
/// here; they are closed in the reverse order of their opening.
@NullMarked
package io.narthex.role;

import org.jspecify.annotations.NullMarked;
