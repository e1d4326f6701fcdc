/// HTTP clients. Owns {@link io.narthex.io.http.Fetcher}: bodies over keep-alive connections on
/// Vert.x' event loops, decompressed into pooled arrays, with the error texts of Go's client.
@NullMarked
package io.narthex.io.http;

import org.jspecify.annotations.NullMarked;
