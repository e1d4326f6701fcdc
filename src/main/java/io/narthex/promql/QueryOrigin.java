package io.narthex.promql;

/// Who asks a query, for the query log and the list of running queries.
public sealed interface QueryOrigin {

  /// Nobody said.
  QueryOrigin UNKNOWN = new Unknown();

  record Unknown() implements QueryOrigin {}

  /// A request of the API.
  ///
  /// @param clientIp address of the client, without a port
  record Http(String clientIp, String method, String path) implements QueryOrigin {}

  /// A rule group.
  record Rules(String file, String group) implements QueryOrigin {}
}
