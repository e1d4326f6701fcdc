/// The disk. The only room that opens data files.
///
/// Owns: {@link io.narthex.io.disk.Disk}, a constructor argument of every room that keeps data, and
/// {@link io.narthex.io.disk.DiskException}. Invariants: a method that returns has done what it
/// says, short of what `fsync` says it does; one that fails names the path, what failed and what
/// the user can do.
@NullMarked
package io.narthex.io.disk;

import org.jspecify.annotations.NullMarked;
