package io.narthex.io.bytes;

/// Stored bytes are not what their format says. The message names file, offset, what was found and
/// what was expected.
public final class CorruptFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String file;
  private final long offsetBytes;

  /// @param file the file, or what stands for it
  /// @param offsetBytes where in the file the nonsense begins
  /// @param found what is wrong there
  public CorruptFileException(String file, long offsetBytes, String found) {
    super(file + ": corrupt at offset " + offsetBytes + ": " + found);
    this.file = file;
    this.offsetBytes = offsetBytes;
  }

  public String file() {
    return file;
  }

  public long offsetBytes() {
    return offsetBytes;
  }
}
