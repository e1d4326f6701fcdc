package io.narthex.io.disk;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Map;

/// Tells when something changes in directories: a file appears, changes or goes. Thread-safe.
public final class DirectoryWatch implements AutoCloseable {

  private final WatchService service;
  private final Runnable changed;
  private final Map<Path, WatchKey> keys = new HashMap<>();

  private DirectoryWatch(WatchService service, Runnable changed) {
    this.service = service;
    this.changed = changed;
  }

  /// Begins with no directory.
  ///
  /// @param changed is called on a thread of the watch's own, which it may block; changes meanwhile
  ///   are told by one further call
  /// @throws DiskException if the machine cannot watch
  public static DirectoryWatch open(Runnable changed) {
    Path here = Path.of(".");
    try {
      DirectoryWatch watch =
          new DirectoryWatch(FileSystems.getDefault().newWatchService(), changed);
      Thread.ofVirtual().name("directory-watch").start(watch::run);
      return watch;
    } catch (IOException e) {
      throw DiskException.of("watch", here, e);
    }
  }

  /// Watches `directory` too, unless it already does.
  ///
  /// @throws DiskException if it cannot, as when the directory is not there
  public void add(Path directory) {
    synchronized (keys) {
      WatchKey known = keys.get(directory);
      if (known != null && known.isValid()) {
        return;
      }
      try {
        keys.put(
            directory,
            directory.register(
                service,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE));
      } catch (IOException e) {
        throw DiskException.of("watch", directory, e);
      }
    }
  }

  private void run() {
    try {
      while (true) {
        for (WatchKey key = service.take(); key != null; key = service.poll()) {
          key.pollEvents();
          key.reset();
        }
        changed.run();
      }
    } catch (ClosedWatchServiceException e) {
      // The end.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      throw DiskException.of("stop watching", Path.of("."), e);
    }
  }
}
