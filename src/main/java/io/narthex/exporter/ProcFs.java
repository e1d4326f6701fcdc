package io.narthex.exporter;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The kernel's files. Thread-safe.
public interface ProcFs {

  /// Where the trees are mounted.
  Roots roots();

  /// The whole file as UTF-8; what is not UTF-8 becomes U+FFFD.
  ///
  /// @throws NoSuchFileException if it is not there
  /// @throws AccessDeniedException if it may not be read
  String read(Path file) throws IOException;

  /// Names in a directory, sorted.
  ///
  /// @throws NoSuchFileException if it is not there
  List<String> list(Path directory) throws IOException;

  /// Whether there is a directory, links followed.
  boolean isDirectory(Path path);

  /// The path with all links followed.
  Path real(Path path) throws IOException;

  /// Last change in seconds since the epoch.
  double modifiedSeconds(Path file) throws IOException;

  /// A path under procfs.
  default Path proc(String path) {
    return roots().proc().resolve(path);
  }

  /// A path under sysfs.
  default Path sys(String path) {
    return roots().sys().resolve(path);
  }

  /// The whole file without the white space around.
  default String value(Path file) throws IOException {
    return read(file).strip();
  }

  /// Like {@link #value}, but null for a file that is missing or that the kernel does not let be
  /// read now.
  default @Nullable String valueIfReadable(Path file) throws IOException {
    try {
      return value(file);
    } catch (IOException e) {
      if (unreadable(e)) {
        return null;
      }
      throw e;
    }
  }

  /// A file that holds one unsigned number.
  default double number(Path file) throws IOException {
    return KernelText.unsigned(value(file));
  }

  /// Names in `directory` that are `prefix` and something that begins with a digit; none if there
  /// is no such directory.
  default List<String> numbered(Path directory, String prefix) throws IOException {
    List<String> found = new ArrayList<>();
    for (String name : listIfThere(directory)) {
      if (name.startsWith(prefix)
          && name.length() > prefix.length()
          && Character.isDigit(name.charAt(prefix.length()))) {
        found.add(name);
      }
    }
    return found;
  }

  /// Names in a directory, none if it is not there.
  default List<String> listIfThere(Path directory) throws IOException {
    try {
      return list(directory);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /// Whether an error means that the kernel has no value to give: missing, forbidden, unsupported.
  static boolean unreadable(IOException e) {
    if (e instanceof NoSuchFileException || e instanceof AccessDeniedException) {
      return true;
    }
    String text = String.valueOf(e.getMessage());
    return text.endsWith("Invalid argument")
        || text.endsWith("Operation not supported")
        || text.endsWith("Not a directory")
        || text.endsWith("No such device");
  }

  /// Mount points of the trees.
  record Roots(Path proc, Path sys, Path rootfs, Path udevData) {}
}
