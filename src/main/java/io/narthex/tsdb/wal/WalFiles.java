package io.narthex.tsdb.wal;

import io.narthex.io.disk.Disk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Names of segments and checkpoints in a log's folder.
public final class WalFiles {

  private static final String CHECKPOINT = "checkpoint.";

  private WalFiles() {}

  /// A numbered file or checkpoint folder.
  public record Numbered(int number, Path path) {}

  /// Path of segment `number`.
  public static Path segment(Path directory, int number) {
    return directory.resolve(String.format(Locale.ROOT, "%08d", number));
  }

  /// Path of the checkpoint that stands for all segments up to `number`.
  public static Path checkpoint(Path directory, int number) {
    return directory.resolve(CHECKPOINT + String.format(Locale.ROOT, "%08d", number));
  }

  /// Segments in order.
  public static List<Numbered> segments(Disk disk, Path directory) {
    List<Numbered> found = new ArrayList<>();
    if (disk.exists(directory)) {
      for (Path path : disk.list(directory)) {
        int number = number(name(path));
        if (number >= 0) {
          found.add(new Numbered(number, path));
        }
      }
    }
    found.sort((a, b) -> Integer.compare(a.number, b.number));
    return found;
  }

  /// The newest complete checkpoint, or null.
  public static @Nullable Numbered lastCheckpoint(Disk disk, Path directory) {
    Numbered last = null;
    for (Numbered checkpoint : checkpoints(disk, directory)) {
      if (last == null || checkpoint.number > last.number) {
        last = checkpoint;
      }
    }
    return last;
  }

  /// All complete checkpoints.
  static List<Numbered> checkpoints(Disk disk, Path directory) {
    List<Numbered> found = new ArrayList<>();
    if (disk.exists(directory)) {
      for (Path path : disk.list(directory)) {
        String name = name(path);
        int number = name.startsWith(CHECKPOINT) ? number(name.substring(CHECKPOINT.length())) : -1;
        if (number >= 0 && disk.isDirectory(path)) {
          found.add(new Numbered(number, path));
        }
      }
    }
    return found;
  }

  private static String name(Path path) {
    return Objects.requireNonNull(path.getFileName()).toString();
  }

  /// The number that is all of `text`, or -1.
  private static int number(String text) {
    if (text.isEmpty() || text.length() > 9) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + c - '0';
    }
    return value;
  }
}
