package io.narthex.io.disk;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The disk did not do what was asked. The message names the path, what failed and what to do.
public final class DiskException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DiskException(String message) {
    super(message);
  }

  private DiskException(String message, IOException cause) {
    super(message, cause);
  }

  /// `action` ("write", "open" ...) on `path` failed with `cause`.
  public static DiskException of(String action, Path path, IOException cause) {
    return new DiskException(action + " " + path + ": " + reason(cause), cause);
  }

  /// As above, of a walk through a directory.
  static DiskException of(String action, Path path, UncheckedIOException walk) {
    IOException cause = walk.getCause();
    return of(action, path, cause == null ? new IOException(walk) : cause);
  }

  private static String reason(IOException cause) {
    return switch (cause) {
      case NoSuchFileException _, FileNotFoundException _ -> "no such file or directory";
      case AccessDeniedException _ ->
          "permission denied: the user of this process needs to read and write it";
      case FileAlreadyExistsException _ -> "file exists";
      case DirectoryNotEmptyException _ -> "directory not empty";
      case NotDirectoryException _ -> "not a directory";
      case FileSystemException e -> advice(e.getReason(), e);
      default -> advice(cause.getMessage(), cause);
    };
  }

  private static String advice(@Nullable String text, IOException cause) {
    if (text == null) {
      return cause.getClass().getSimpleName();
    }
    return switch (text) {
      case "No space left on device" ->
          "no space left on device: free some, or lower the retention";
      case "Disk quota exceeded" -> "disk quota exceeded: raise it, or lower the retention";
      case "Too many open files" -> "too many open files: raise the limit (ulimit -n)";
      case "Read-only file system" -> "the file system is read-only: mount it writable";
      case "Input/output error" -> "input/output error: the device fails, look at the kernel's log";
      default -> text;
    };
  }
}
