package io.narthex.io.http;

import io.vertx.core.Vertx;

/// The general client.
final class VertxFetcherTest extends FetcherContract {

  @Override
  Fetcher fetcher(Vertx on) {
    return general(on);
  }
}
