/// HTTP clients. Owns {@link io.narthex.io.http.HttpClientConfig} (who we say we are, whom we
/// trust, by which proxy we go), the fields it is read from ({@link
/// io.narthex.io.http.HttpClientShape}) and the clients on Vert.x' event loops that are made of it.
///
/// Two fetchers: `PlainFetcher` speaks HTTP/1.1 itself for `http://` without a proxy, which is
/// nearly every scrape; `VertxFetcher` does all the rest, redirects included.
///
/// Invariants: secrets that lie in files are read again at each use, so that rotated ones are used
/// without a reload; credentials never follow a redirect to another host; event loops never block.
@NullMarked
package io.narthex.io.http;

import org.jspecify.annotations.NullMarked;
