package io.narthex.discovery.file;

import io.narthex.clock.Clock;
import io.narthex.clock.Timers;
import io.narthex.config.ConfigException;
import io.narthex.config.YamlNode;
import io.narthex.config.YamlReader;
import io.narthex.discovery.Discoverer;
import io.narthex.discovery.TargetGroup;
import io.narthex.discovery.TargetGroupJson;
import io.narthex.discovery.TargetGroupText;
import io.narthex.io.disk.DirectoryWatch;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.io.disk.Globs;
import io.narthex.model.labels.Labels;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Reads files of target groups when they change, and from time to time. The sources of a file's
/// groups are `path:index`.
public final class FileDiscoverer implements Discoverer {

  private static final Logger LOG = System.getLogger(FileDiscoverer.class.getName());
  private static final String PATH_LABEL = "__meta_filepath";

  private final FileConfig config;
  private final Disk disk;
  private final Clock clock;
  private final Timers timers;
  private final Executor blocking;
  private final FileMetrics metrics;

  /// How many groups each file told last.
  private Map<Path, Integer> told = Map.of();

  private @Nullable Listener listener;
  private @Nullable DirectoryWatch watch;
  private Timers.@Nullable Timer timer;

  /// @param blocking runs what waits for the disk
  public FileDiscoverer(
      FileConfig config,
      Disk disk,
      Clock clock,
      Timers timers,
      Executor blocking,
      FileMetrics metrics) {
    this.config = config;
    this.disk = disk;
    this.clock = clock;
    this.timers = timers;
    this.blocking = blocking;
    this.metrics = metrics;
  }

  @Override
  public synchronized void start(Listener to) {
    listener = to;
    try {
      watch = DirectoryWatch.open(this::refresh);
    } catch (DiskException e) {
      LOG.log(Level.ERROR, () -> "Error adding file watcher: err=" + e.getMessage());
      metrics.watcherErrors().inc();
    }
    blocking.execute(this::refresh);
    plan();
  }

  private void plan() {
    timer =
        timers.after(
            config.refreshIntervalMs(),
            () -> {
              blocking.execute(this::refresh);
              again();
            });
  }

  private synchronized void again() {
    if (listener != null) {
      plan();
    }
  }

  /// Reads all files and tells what they say.
  private synchronized void refresh() {
    Listener to = listener;
    if (to == null) {
      return;
    }
    long startNanos = clock.nanoTime();
    // Watched first: what changes while it is read is told again.
    watchFolders();
    Map<Path, Integer> seen = new HashMap<>();
    List<TargetGroup> groups = new ArrayList<>();
    for (Path file : files()) {
      try {
        List<TargetGroup> found = read(file);
        groups.addAll(found);
        seen.put(file, found.size());
      } catch (IllegalArgumentException | ConfigException | DiskException e) {
        metrics.readErrors().inc();
        LOG.log(Level.ERROR, () -> "Error reading file: path=" + file + " err=" + e.getMessage());
        Integer before = told.get(file);
        if (before != null) {
          seen.put(file, before);
        }
      }
    }
    addGone(seen, groups);
    told = seen;
    to.update(groups);
    metrics.scanDuration().observe((clock.nanoTime() - startNanos) / 1e9);
  }

  /// Says that groups are gone that their file has no longer.
  private void addGone(Map<Path, Integer> seen, List<TargetGroup> groups) {
    told.forEach((file, before) -> {
      for (int i = seen.getOrDefault(file, 0); i < before; i++) {
        groups.add(new TargetGroup(file + ":" + i, List.of(), Labels.EMPTY));
      }
    });
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    for (String pattern : config.files()) {
      try {
        files.addAll(Globs.expand(disk, pattern));
      } catch (DiskException e) {
        LOG.log(
            Level.ERROR, () -> "Error expanding glob: glob=" + pattern + " err=" + e.getMessage());
      }
    }
    return files;
  }

  private void watchFolders() {
    DirectoryWatch on = watch;
    if (on == null) {
      return;
    }
    for (String pattern : config.files()) {
      Path parent = Path.of(pattern).getParent();
      Path folder = parent == null ? Path.of(".") : parent;
      try {
        on.add(folder);
      } catch (DiskException e) {
        LOG.log(
            Level.ERROR,
            () -> "Error adding file watch: path=" + folder + " err=" + e.getMessage());
      }
    }
  }

  private List<TargetGroup> read(Path file) {
    String text = new String(disk.read(file), StandardCharsets.UTF_8);
    String name = file.toString();
    if (name.toLowerCase(Locale.ROOT).endsWith(".json")) {
      return TargetGroupJson.parse(text, i -> name + ":" + i, PATH_LABEL, name);
    }
    YamlNode document = YamlReader.read(name, text);
    if (document.isNothing()) {
      return List.of();
    }
    if (!(document instanceof YamlNode.Sequence list)) {
      throw new ConfigException(
          document.place(), "cannot unmarshal " + document.tag() + " into []*targetgroup.Group");
    }
    List<TargetGroup> groups = new ArrayList<>(list.items().size());
    for (YamlNode item : list.items()) {
      if (item.isNothing()) {
        throw new ConfigException(item.place(), "nil target group item found");
      }
      groups.add(
          TargetGroupText.group(
              TargetGroupText.SHAPE.read(item), name + ":" + groups.size(), PATH_LABEL, name));
    }
    return groups;
  }

  @Override
  public synchronized void close() {
    listener = null;
    if (timer != null) {
      timer.cancel();
    }
    if (watch != null) {
      watch.close();
    }
  }
}
