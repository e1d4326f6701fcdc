package io.narthex.promql;

import io.narthex.promql.exec.series.EvalException;
import io.narthex.promql.exec.series.Limits;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Memory that queries may use: one of them, and all together. Where all use too much, the one that
/// uses most ends. What is counted is all that grows with steps or series, before it is made:
/// arrays of values, and what is held of each series. Safe for any thread.
final class MemoryBudget {

  private final long maxQueryBytes;
  private final long maxTotalBytes;
  private final AtomicLong total = new AtomicLong();
  private final Set<Share> shares = ConcurrentHashMap.newKeySet();

  MemoryBudget(long maxQueryBytes, long maxTotalBytes) {
    this.maxQueryBytes = maxQueryBytes;
    this.maxTotalBytes = maxTotalBytes;
  }

  /// What one query uses; closed with it.
  final class Share implements Limits.Memory, AutoCloseable {
    private final AtomicLong bytes = new AtomicLong();
    private volatile @Nullable String ended;

    private Share() {
      shares.add(this);
    }

    @Override
    public void take(long more) {
      check();
      long own = bytes.addAndGet(more);
      long all = total.addAndGet(more);
      if (own > maxQueryBytes) {
        throw tooMuch(own, "one query may use", maxQueryBytes);
      }
      if (all > maxTotalBytes) {
        largest().end(all);
        check();
      }
    }

    private void end(long all) {
      ended =
          "query was ended: it uses "
              + text(bytes.get())
              + " of memory, the most of all queries, which together need "
              + text(all)
              + ", more than the "
              + (maxTotalBytes >> 20)
              + " MiB that they may use; ask for fewer steps or series, or later";
    }

    /// Fails if the query has to make room for others.
    void check() {
      String reason = ended;
      if (reason != null) {
        throw EvalException.failed(reason);
      }
    }

    long used() {
      return bytes.get();
    }

    @Override
    public void close() {
      if (shares.remove(this)) {
        total.addAndGet(-bytes.get());
      }
    }
  }

  Share share() {
    return new Share();
  }

  private Share largest() {
    Share largest = null;
    for (Share share : shares) {
      if (share.ended == null && (largest == null || share.used() > largest.used())) {
        largest = share;
      }
    }
    if (largest == null) {
      throw new IllegalStateException("BUG: memory is used, but by no query");
    }
    return largest;
  }

  private static EvalException tooMuch(long needed, String who, long allowed) {
    return EvalException.failed(
        "query needs at least "
            + text(needed)
            + " of memory, more than the "
            + (allowed >> 20)
            + " MiB that "
            + who
            + "; ask for fewer steps or series");
  }

  /// Rounded up, as what is allowed is rounded down: what is too much is seen to be more.
  private static String text(long bytes) {
    return (bytes + (1 << 20) - 1 >> 20) + " MiB";
  }
}
