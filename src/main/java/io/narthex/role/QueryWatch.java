package io.narthex.role;

import io.narthex.promql.QueryObserver;

/// Tells the file of running queries and the query log what the engine does.
record QueryWatch(ActiveQueries active, QueryLog log) implements QueryObserver {

  @Override
  public Runnable began(String query) {
    return active.began(query);
  }

  @Override
  public void ended(Ended query) {
    log.ended(query);
  }
}
