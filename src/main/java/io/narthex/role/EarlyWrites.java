package io.narthex.role;

import io.narthex.metrics.Counter;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.storage.Appendable;
import io.narthex.storage.Appender;
import io.narthex.storage.StorageException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Batches that come before the storage is open: kept in memory, in the order of their commits, and
/// stored in that order when it is. Nothing is checked before, as storage cannot be asked: to their
/// writer all samples are stored. What storage then refuses is counted and logged.
///
/// Series get references of this class' own, with a bit that no storage sets; {@link #settled}
/// tells the ones that storage has given them. Thread-safe.
final class EarlyWrites {

  private static final Logger LOG = System.getLogger(EarlyWrites.class.getName());

  /// Set in references that stand for an index in the series table here.
  private static final long PROVISIONAL = 1L << 62;

  /// Of a series: entries of table and map, objects around the texts.
  private static final int BYTES_PER_SERIES = 160;

  private final long maxBytes;
  private final Counter refused;

  private Deque<EarlyBatch> batches = new ArrayDeque<>();
  private Map<Labels, Integer> indexes = new HashMap<>();
  private List<Labels> series = new ArrayList<>();
  private long bytes;

  /// By index: what storage has given so far. Belongs to the thread that opens until that is done.
  private volatile long[] refs = new long[0];

  private @Nullable Appendable storage;

  /// @param maxBytes memory that waiting batches may take; more are refused
  EarlyWrites(long maxBytes, Metrics metrics) {
    this.maxBytes = maxBytes;
    refused =
        metrics.counter(
            "narthex_replay_refused_samples_total",
            "Samples that came while the WAL was replayed and found no room to wait.");
  }

  Appender appender() {
    return new EarlyAppender(this);
  }

  /// Keeps a batch, or stores it if storage is open by now. `batch` can be used again afterwards.
  ///
  /// @throws StorageException if there is no room
  synchronized Appender.Commit commit(EarlyBatch batch) {
    Appendable open = storage;
    if (open != null) {
      return store(open.appender(), batch);
    }
    long needed = batch.bytes() + newSeriesBytes(batch);
    if (bytes + needed > maxBytes) {
      refused.add(batch.size);
      throw new StorageException(
          "the WAL is still replayed, and scrapes that wait for it have used up "
              + (maxBytes >> 20)
              + " MiB");
    }
    bytes += needed;
    for (EarlyBatch.Given given : batch.given) {
      batch.refs[given.sample()] = PROVISIONAL | index(given.labels());
    }
    EarlyBatch kept = batch.kept();
    batches.add(kept);
    return new EarlyCommit(kept.refs);
  }

  private long newSeriesBytes(EarlyBatch batch) {
    long sum = 0;
    for (EarlyBatch.Given given : batch.given) {
      if (!indexes.containsKey(given.labels())) {
        sum += BYTES_PER_SERIES;
        for (int i = 0; i < given.labels().size(); i++) {
          sum += given.labels().value(i).length();
        }
      }
    }
    return sum;
  }

  private int index(Labels labels) {
    Integer known = indexes.putIfAbsent(labels, series.size());
    if (known != null) {
      return known;
    }
    series.add(labels);
    return series.size() - 1;
  }

  /// Stores everything that waits, also what comes meanwhile, so that no batch of a target
  /// overtakes another; from here on nothing waits any more.
  void open(Appendable opened) {
    Appender appender = opened.appender();
    long samples = 0;
    long lost = 0;
    int count = 0;
    for (EarlyBatch batch = next(opened); batch != null; batch = next(opened)) {
      count++;
      samples += batch.size;
      lost += storeWaiting(appender, batch);
    }
    if (count > 0) {
      LOG.log(
          lost > 0 ? Level.WARNING : Level.INFO,
          "Stored what came during WAL replay: batches={0} samples={1} rejected={2}",
          count,
          samples,
          lost);
    }
  }

  /// The batch that has waited longest. When there is none any more, storage is open for all.
  private synchronized @Nullable EarlyBatch next(Appendable opened) {
    EarlyBatch batch = batches.poll();
    refs = Arrays.copyOf(refs, Math.max(refs.length, series.size()));
    if (batch == null) {
      storage = opened;
      batches = new ArrayDeque<>();
      indexes = Map.of();
      series = List.of();
    } else {
      bytes -= batch.bytes();
    }
    return batch;
  }

  /// Returns how many samples were not stored.
  private int storeWaiting(Appender appender, EarlyBatch batch) {
    try {
      Appender.Commit commit = store(appender, batch);
      for (int i = 0; i < batch.size; i++) {
        int index = index(batch.refs[i]);
        if (index >= 0 && refs[index] == 0) {
          refs[index] = commit.ref(i);
        }
      }
      return commit.size() - commit.accepted();
    } catch (StorageException e) {
      LOG.log(Level.ERROR, "commit failed: {0}", e.getMessage());
      return batch.size;
    }
  }

  private Appender.Commit store(Appender appender, EarlyBatch batch) {
    Labels[] labels = labels(batch);
    batch.stage(
        appender,
        new EarlyBatch.Series() {
          @Override
          public long ref(int sample) {
            return settled(batch.refs[sample]);
          }

          @Override
          public Labels labels(int sample) {
            return labels[sample];
          }
        });
    return appender.commit();
  }

  /// By sample; without labels where nobody knows them any more, which a reference makes up for.
  private synchronized Labels[] labels(EarlyBatch batch) {
    Labels[] labels = new Labels[batch.size];
    Arrays.fill(labels, Labels.EMPTY);
    for (EarlyBatch.Given given : batch.given) {
      labels[given.sample()] = given.labels();
    }
    for (int i = 0; i < batch.size; i++) {
      int index = index(batch.refs[i]);
      if (index >= 0 && index < series.size()) {
        labels[i] = series.get(index);
      }
    }
    return labels;
  }

  /// See {@link Appendable#settled}.
  long settled(long ref) {
    int index = index(ref);
    long[] known = refs;
    return index < 0 ? ref : index < known.length ? known[index] : 0;
  }

  /// Index of a provisional reference, -1 of any other.
  private static int index(long ref) {
    return (ref & PROVISIONAL) == 0 ? -1 : (int) ref;
  }

  /// @param refs by sample; 0 for one that came with neither labels nor reference
  private record EarlyCommit(long[] refs) implements Appender.Commit {

    @Override
    public int size() {
      return refs.length;
    }

    @Override
    public int accepted() {
      return refs.length - count(Appender.Outcome.UNKNOWN_REF);
    }

    @Override
    public int count(Appender.Outcome outcome) {
      int count = 0;
      for (int i = 0; i < refs.length; i++) {
        count += outcome(i) == outcome ? 1 : 0;
      }
      return count;
    }

    @Override
    public Appender.Outcome outcome(int sample) {
      return refs[sample] == 0 ? Appender.Outcome.UNKNOWN_REF : Appender.Outcome.STORED;
    }

    @Override
    public long ref(int sample) {
      return refs[sample];
    }
  }
}
