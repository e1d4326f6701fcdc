/// The mechanisms of discovery whose configuration is read and checked but which nobody serves yet:
/// one table of fields for each, after Prometheus' configuration reference and the wording of its
/// errors. A mechanism that gets served takes its table along into a room of its own.
@NullMarked
package io.narthex.discovery.catalog;

import org.jspecify.annotations.NullMarked;
