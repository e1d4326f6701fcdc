package io.narthex.tsdb;

import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.block.BlockMeta.Compaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which blocks to make one of. In this order: blocks that overlap in time; blocks that fill a
/// range of 3, 9, 27 ... times the head's span, or lie in one that is over; a block of which more
/// than a twentieth was deleted. The newest block is left out, so that backups and late samples
/// find it. Source: prometheus `tsdb/compact.go`.
final class CompactionPlan {

  private static final double TOMBSTONE_SHARE = 0.05;
  private static final List<String> PARTIAL =
      List.of(Compaction.FROM_STALE_SERIES, Compaction.FROM_SELECTED_SERIES);
  private static final int STEP = 3;
  private static final int MOST_RANGES = 10;

  private final long[] rangesMs;
  private final boolean overlapping;

  CompactionPlan(TsdbOptions options) {
    overlapping = options.blocks().overlapping();
    List<Long> ranges = new ArrayList<>();
    long range = options.minBlockMs();
    for (int i = 0; i < MOST_RANGES && range <= options.effectiveMaxBlockMs(); i++) {
      ranges.add(range);
      range *= STEP;
    }
    rangesMs = ranges.stream().mapToLong(Long::longValue).toArray();
  }

  /// What to compact next; empty if there is nothing to do. Blocks of some series of the head are
  /// merged among themselves only, and after the others: what they and others became together would
  /// look as if the head were done up to its end.
  List<BlockMeta> next(List<BlockMeta> blocks) {
    List<BlockMeta> plan = nextOf(blocks.stream().filter(b -> !b.compaction().isPartial()));
    for (String hint : PARTIAL) {
      if (plan.isEmpty()) {
        plan = nextOf(blocks.stream().filter(b -> b.compaction().hints().contains(hint)));
      }
    }
    return plan;
  }

  private List<BlockMeta> nextOf(Stream<BlockMeta> blocks) {
    List<BlockMeta> sorted = blocks.collect(Collectors.toCollection(ArrayList::new));
    sorted.sort(Comparator.comparingLong(BlockMeta::minMs).thenComparing(BlockMeta::ulid));
    List<BlockMeta> ahead = takeAhead(sorted);
    List<BlockMeta> plan = overlapping ? overlaps(ahead) : List.of();
    if (!plan.isEmpty() || sorted.isEmpty()) {
      return plan;
    }
    plan = overlapping ? overlaps(sorted) : List.of();
    if (!plan.isEmpty()) {
      return plan;
    }
    sorted.removeLast();
    plan = fullRange(sorted);
    return plan.isEmpty() ? deleted(sorted) : plan;
  }

  /// Takes out the blocks of late samples that reach beyond what the head has turned into blocks.
  /// To merge them with others would make it look as if the head were done up to there.
  private static List<BlockMeta> takeAhead(List<BlockMeta> sorted) {
    long inOrderEndMs = Long.MIN_VALUE;
    for (BlockMeta block : sorted) {
      if (!block.compaction().isLate()) {
        inOrderEndMs = Math.max(inOrderEndMs, block.maxMs());
      }
    }
    List<BlockMeta> ahead = new ArrayList<>();
    for (BlockMeta block : sorted) {
      if (block.compaction().isLate() && block.maxMs() > inOrderEndMs) {
        ahead.add(block);
      }
    }
    sorted.removeAll(ahead);
    return ahead;
  }

  private static List<BlockMeta> overlaps(List<BlockMeta> sorted) {
    if (sorted.isEmpty()) {
      return List.of();
    }
    List<BlockMeta> group = new ArrayList<>();
    long endMs = sorted.getFirst().maxMs();
    for (int i = 1; i < sorted.size(); i++) {
      BlockMeta block = sorted.get(i);
      if (block.minMs() < endMs) {
        if (group.isEmpty()) {
          group.add(sorted.get(i - 1));
        }
        group.add(block);
      } else if (!group.isEmpty()) {
        break;
      }
      endMs = Math.max(endMs, block.maxMs());
    }
    return group.stream().anyMatch(b -> b.compaction().failed()) ? List.of() : group;
  }

  private List<BlockMeta> fullRange(List<BlockMeta> sorted) {
    if (sorted.isEmpty()) {
      return List.of();
    }
    long newestMinMs = sorted.getLast().minMs();
    for (int i = 1; i < rangesMs.length; i++) {
      for (List<BlockMeta> part : split(sorted, rangesMs[i])) {
        long spanMs = part.getLast().maxMs() - part.getFirst().minMs();
        boolean over = part.getLast().maxMs() <= newestMinMs;
        boolean good = part.stream().noneMatch(b -> b.compaction().failed());
        if (part.size() > 1 && good && (spanMs == rangesMs[i] || over)) {
          return part;
        }
      }
    }
    return List.of();
  }

  /// Blocks by the aligned range that they lie in; those that cross its end are left out.
  private static List<List<BlockMeta>> split(List<BlockMeta> sorted, long rangeMs) {
    List<List<BlockMeta>> parts = new ArrayList<>();
    long currentMs = Long.MIN_VALUE;
    for (BlockMeta block : sorted) {
      long startMs = Math.floorDiv(block.minMs(), rangeMs) * rangeMs;
      if (block.maxMs() > startMs + rangeMs) {
        continue;
      }
      if (parts.isEmpty() || startMs != currentMs) {
        parts.add(new ArrayList<>());
        currentMs = startMs;
      }
      parts.getLast().add(block);
    }
    return parts;
  }

  private List<BlockMeta> deleted(List<BlockMeta> sorted) {
    for (int i = sorted.size() - 1; i >= 0; i--) {
      BlockMeta block = sorted.get(i);
      if (block.maxMs() - block.minMs() < rangesMs[rangesMs.length / 2]) {
        // One that may be empty is not too small to look at.
        boolean mayBeEmpty =
            block.stats().tombstones() > 0 && block.stats().tombstones() >= block.stats().series();
        return mayBeEmpty && !block.compaction().failed() ? List.of(block) : List.of();
      }
      double share = (double) block.stats().tombstones() / (block.stats().series() + 1);
      if (share > TOMBSTONE_SHARE && !block.compaction().failed()) {
        return List.of(block);
      }
    }
    return List.of();
  }
}
