/// The server's configuration file as a whole: which sections there are, what each may hold, and
/// the records that the rooms get of it.
///
/// Reading ({@link io.narthex.role.config.ServerConfigReader}) checks everything that Prometheus
/// checks, including sections that nobody serves yet; {@link io.narthex.role.config.ServedSections}
/// names the latter when a server is asked to apply them. Errors have Prometheus' wording and a
/// place. Source: Prometheus 3.14 `config/config.go` and its configuration reference.
@NullMarked
package io.narthex.role.config;

import org.jspecify.annotations.NullMarked;
