package io.narthex.api;

import io.narthex.model.labels.Matcher;
import java.util.List;

/// What the admin endpoints ask of the storage. Every call may take minutes.
public interface StorageAdmin {

  /// Whether `--web.enable-admin-api` is set.
  boolean isEnabled();

  /// Deletes the samples with `minMs <= t <= maxMs` of the series that fulfil all matchers.
  void deleteSeries(long minMs, long maxMs, List<Matcher> matchers);

  /// Gives back the space of what was deleted.
  void cleanTombstones();

  /// Links all blocks, and unless `skipHead` writes the head as a block, into a new folder below
  /// `snapshots/`.
  ///
  /// @return name of the folder
  String snapshot(boolean skipHead);
}
