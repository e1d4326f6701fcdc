package io.narthex.api;

/// What the management endpoints may do to the server.
public interface Lifecycle {

  /// Reads the configuration again; returns the empty string, or why the old one stays in force.
  /// May block.
  String reload();

  /// Begins an orderly stop and returns at once.
  void quit();
}
