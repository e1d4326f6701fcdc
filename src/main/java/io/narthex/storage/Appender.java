package io.narthex.storage;

import io.narthex.model.labels.Labels;
import io.narthex.model.sample.Exemplar;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.Metadata;

/// A batch of samples, mostly one scrape: staged as columns without a check, then committed in one
/// go. Readers see all of a committed batch or nothing. A rejected sample never keeps the others of
/// its batch from being stored.
///
/// A series reference is a hint that saves the lookup of the labels: 0 if it is unknown. Storage
/// may forget a reference at any time; the labels then find or make the series again. After
/// `commit`, {@link Commit#ref} gives the reference for the next batch. The labels must be valid,
/// and the same for a reference as they were when it was handed out. A writer that would have to
/// make them anew gives {@link Labels#EMPTY} with a reference it knows; should storage have
/// forgotten it, the sample's outcome is {@link Outcome#UNKNOWN_REF} and the writer appends it
/// again with its labels.
///
/// A stale marker that comes too late for its series is refused as `OUT_OF_ORDER` even where
/// samples out of order are taken: the series has come back.
public interface Appender {

  /// Whether this batch may be kept aside until storage is open. The references of its commit are
  /// provisional then: good for the next provisional batch, and to be exchanged with {@link
  /// Appendable#settled} before they are used with another one. Such an appender is good for one
  /// batch.
  default boolean isProvisional() {
    return false;
  }

  /// Stages a float sample; returns its index in the batch, counted from 0.
  int append(long ref, Labels labels, long tMs, double value);

  /// Stages a histogram sample; returns its index in the batch.
  int append(long ref, Labels labels, long tMs, FloatHistogram histogram);

  /// Stages an exemplar of the sample with index `sample`.
  void exemplar(int sample, Exemplar exemplar);

  /// Stages the metadata of the series of the sample with index `sample`.
  void metadata(int sample, Metadata metadata);

  /// Stages the start timestamp of the sample with index `sample`: since when its counter or
  /// histogram counts, in milliseconds since the epoch; 0 is unknown. Storage that does not keep
  /// start timestamps drops it.
  default void start(int sample, long startMs) {}

  /// Asks for a zero, or for an empty histogram if it is one, at the start of the sample with index
  /// `sample`: what it counts was nothing then. Storage puts it before the sample if that is in
  /// order, that is behind the newest sample of the series, before this one, and not too old for
  /// the head. Else it is left out, and nobody hears of that; nor does it count among the samples
  /// of the commit.
  ///
  /// @param startMs in milliseconds since the epoch
  default void zeroAtStart(int sample, long startMs) {}

  /// Forgets what is staged so far, so that the batch can be used again.
  void rollback();

  /// Stores what is staged. The appender is empty afterwards and can be used for the next batch;
  /// the result is valid until then.
  ///
  /// @throws StorageException if nothing could be stored: the disk fails, the storage is closed or
  ///   read-only. All samples of the batch are then lost and the storage is as before.
  Commit commit();

  /// What became of the samples of a batch.
  interface Commit {

    /// Samples in the batch.
    int size();

    /// Samples that were stored, or were there already with the same value.
    int accepted();

    /// How many samples had this outcome.
    int count(Outcome outcome);

    /// What became of the sample with index `sample`.
    Outcome outcome(int sample);

    /// Reference of the series of sample `sample`, for the next batch; 0 if it was rejected.
    long ref(int sample);
  }

  /// What became of one sample.
  enum Outcome {
    STORED,
    /// Older than the newest sample of its series, and out-of-order samples are not taken.
    OUT_OF_ORDER,
    /// There is a sample of that time with another value.
    DUPLICATE,
    /// Too far in the past for the head.
    OUT_OF_BOUNDS,
    /// Older than the out-of-order window.
    TOO_OLD,
    /// The cap on series in the head was reached and the series is new.
    SERIES_LIMIT,
    /// Storage has forgotten the reference, and there were no labels.
    UNKNOWN_REF
  }
}
