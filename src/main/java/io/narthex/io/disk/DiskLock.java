package io.narthex.io.disk;

/// A lock file that is held until it is closed or the process ends.
public interface DiskLock extends AutoCloseable {

  /// Lets go; idempotent. The file stays.
  @Override
  void close();
}
