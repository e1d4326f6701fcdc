package io.narthex.discovery.file;

import io.narthex.clock.Clock;
import io.narthex.clock.Timers;
import io.narthex.config.ConfigException;
import io.narthex.discovery.Discoverer;
import io.narthex.discovery.TargetGroup;
import io.narthex.io.disk.DirectoryWatch;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.io.disk.Globs;
import io.narthex.model.labels.Labels;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Reads files of target groups when they change, and from time to time. The sources of a file's
/// groups are `path:index`.
public final class FileDiscoverer implements Discoverer {

  private static final Logger LOG = System.getLogger(FileDiscoverer.class.getName());

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
        List<TargetGroup> found = TargetFile.read(disk, file);
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
