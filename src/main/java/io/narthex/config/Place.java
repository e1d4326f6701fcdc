package io.narthex.config;

/// Where a piece of configuration stands.
///
/// @param file the file as the user named it
/// @param line 1 is the first
/// @param column 1 is the first
public record Place(String file, int line, int column) {

  /// The beginning of `file`.
  public static Place startOf(String file) {
    return new Place(file, 1, 1);
  }

  /// `file:line:column`.
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
