package io.narthex.storage;

/// A storage that can be written.
public interface Appendable {

  /// A new batch. It belongs to one thread until it is committed or rolled back.
  Appender appender();

  /// The reference of the series that a provisional one, see {@link Appender#isProvisional}, stood
  /// for: 0 if the series was not stored. Any other reference is given back as it is.
  default long settled(long ref) {
    return ref;
  }
}
