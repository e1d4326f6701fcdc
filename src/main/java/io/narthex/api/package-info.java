/// The HTTP API: `/api/v1`, management endpoints and metrics, in Prometheus' words to the letter.
///
/// Door: {@link io.narthex.api.ApiRoutes}. Owns: parameters, the envelope, error types and status
/// codes, CORS, streaming with back-pressure. Invariants: nothing here blocks an event loop; what
/// may take long runs on the workers of the API; an answer is written while it is read.
@NullMarked
package io.narthex.api;

import org.jspecify.annotations.NullMarked;
