/// The web UI: pages that work before any script runs, and the scripts and styles they ask for.
///
/// Owns the pages' routes, their security headers, and the small view records that a page shows.
/// Templates, scripts and styles live in the top-level `ui/` folder; the build puts templates on
/// the class path under `templates/` and the bundled assets under `META-INF/resources/ui/`.
///
/// Door: [Pages], which asks a [PageModel] for what it shows. The room knows no engine: whoever
/// composes the server fills the views.
///
/// Invariants: no inline script or style is ever needed (see [PageHeaders]); every value is escaped
/// by the template engine; all links start with one base path, so the UI works behind a proxy.
@NullMarked
package io.narthex.ui;

import org.jspecify.annotations.NullMarked;
