package io.narthex.io.disk;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;

/// Paths whose last part is a pattern, such as `targets/*.json`.
public final class Globs {

  private Globs() {}

  /// What there is that `pattern` names, sorted; a pattern without wildcards names itself if it is
  /// there. A directory that is not there holds nothing.
  public static List<Path> expand(Disk disk, String pattern) {
    Path path = Path.of(pattern);
    Path name = path.getFileName();
    if (name == null) {
      return List.of();
    }
    if (!hasWildcard(name.toString())) {
      return disk.exists(path) ? List.of(path) : List.of();
    }
    Path folder = path.getParent();
    Path listed = folder == null ? Path.of(".") : folder;
    if (!disk.isDirectory(listed)) {
      return List.of();
    }
    PathMatcher matcher =
        FileSystems.getDefault().getPathMatcher("glob:" + name.toString().replace("{", "\\{"));
    return disk.list(listed).stream()
        .map(Path::getFileName)
        .filter(matcher::matches)
        .map(found -> folder == null ? found : folder.resolve(found))
        .sorted()
        .toList();
  }

  private static boolean hasWildcard(String name) {
    return name.indexOf('*') >= 0 || name.indexOf('?') >= 0 || name.indexOf('[') >= 0;
  }
}
