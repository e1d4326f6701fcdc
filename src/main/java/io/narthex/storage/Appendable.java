package io.narthex.storage;

/// A storage that can be written.
public interface Appendable {

  /// A new batch. It belongs to one thread until it is committed or rolled back.
  Appender appender();
}
