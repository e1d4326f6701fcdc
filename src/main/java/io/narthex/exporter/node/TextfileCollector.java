package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// `textfile`: whatever scripts left in `*.prom` files. A file that cannot be read or that is wrong
/// is left out as a whole and told by `node_textfile_scrape_error`.
final class TextfileCollector implements Collector {

  private static final Logger LOG = System.getLogger(TextfileCollector.class.getName());

  private final ProcFs fs;
  private final List<String> directories;

  /// @param directories paths, whose last parts may be globs
  TextfileCollector(ProcFs fs, List<String> directories) {
    this.fs = fs;
    this.directories = List.copyOf(directories);
  }

  @Override
  public String name() {
    return "textfile";
  }

  @Override
  public void collect(Families out) {
    Scrape scrape = new Scrape();
    for (String directory : directories) {
      expand(directory).forEach(scrape::directory);
    }
    scrape.addTo(out);
  }

  /// The directories a glob stands for; itself if there are none, so that the error names it.
  private List<String> expand(String glob) {
    if (glob.chars().noneMatch(c -> "*?[{".indexOf(c) >= 0)) {
      return List.of(glob);
    }
    List<Path> found = List.of(Path.of(glob.startsWith("/") ? "/" : ""));
    for (String part : glob.split("/")) {
      if (!part.isEmpty()) {
        found = step(found, part);
      }
    }
    return found.isEmpty() ? List.of(glob) : found.stream().map(Path::toString).toList();
  }

  private List<Path> step(List<Path> from, String part) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + part);
    List<Path> next = new ArrayList<>();
    for (Path directory : from) {
      try {
        for (String name : fs.listIfThere(directory)) {
          if (matcher.matches(Path.of(name))) {
            next.add(directory.resolve(name));
          }
        }
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "failed to read directory {0}: {1}", directory, e.getMessage());
      }
    }
    return next;
  }

  /// What one scrape finds.
  private final class Scrape {
    private final List<TextfileFamily> families = new ArrayList<>();
    private final Map<String, List<String>> files = new HashMap<>();
    private final Map<String, String> helps = new HashMap<>();
    private final TreeMap<String, Double> modified = new TreeMap<>();
    private boolean failed;

    void directory(String directory) {
      try {
        for (String file : fs.list(Path.of(directory))) {
          if (file.endsWith(".prom")) {
            file(Path.of(directory).resolve(file));
          }
        }
      } catch (IOException e) {
        fail("failed to read textfile collector directory " + directory + ": " + e);
      }
    }

    private void file(Path path) {
      try {
        TextfileParser parser = new TextfileParser();
        Collection<TextfileFamily> parsed = parser.parse(fs.read(path));
        if (parser.hasTimestamps()) {
          throw new IOException(
              "contains unsupported client-side timestamps, skipping entire file");
        }
        parsed.forEach(family -> keep(family, path.toString()));
        modified.put(path.toString(), Math.floor(fs.modifiedSeconds(path)));
      } catch (IOException e) {
        fail("failed to collect textfile data from " + path + ": " + e.getMessage());
      }
    }

    /// A family may be spread over files if they agree on its help.
    private void keep(TextfileFamily family, String file) {
      String before = helps.get(family.name);
      if (before != null && family.help != null && !before.equals(family.help)) {
        fail("inconsistent metric help text of " + family.name + " in " + file);
        return;
      }
      if (family.help != null) {
        helps.put(family.name, family.help);
      }
      files.computeIfAbsent(family.name, n -> new ArrayList<>()).add(file);
      families.add(family);
    }

    private void fail(String reason) {
      failed = true;
      LOG.log(Level.WARNING, reason);
    }

    void addTo(Families out) {
      for (TextfileFamily family : families) {
        String help = helps.get(family.name);
        List<String> from = files.getOrDefault(family.name, List.of());
        family.addTo(out, help == null ? "Metric read from " + String.join(", ", from) : help);
      }
      modified.forEach((file, seconds) ->
          out.gauge(
                  "node_textfile_mtime_seconds",
                  "Unixtime mtime of textfiles successfully read.",
                  "file")
              .add(seconds, file));
      out.gauge(
              "node_textfile_scrape_error",
              "1 if there was an error opening or reading a file, 0 otherwise")
          .add(failed ? 1 : 0);
    }
  }
}
