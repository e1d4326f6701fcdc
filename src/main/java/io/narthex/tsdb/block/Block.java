package io.narthex.tsdb.block;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.io.disk.Disk;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Querier;
import io.narthex.storage.Queryable;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.index.ChunkMetas;
import io.narthex.tsdb.index.IndexReader;
import io.narthex.tsdb.index.MatcherResolver;
import io.narthex.tsdb.index.Postings;
import io.narthex.tsdb.index.SeriesEntry;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// An open block. Safe for any thread. Its files stay mapped until it is closed and the last of its
/// queriers is.
public final class Block implements Queryable, AutoCloseable {

  static final String INDEX = "index";
  static final String CHUNKS = "chunks";

  private final Disk disk;
  private final Path directory;
  private final Arena arena;
  private final IndexReader index;
  private final ChunkSegments chunks;
  private final long sizeBytes;

  /// One for the owner, one for each querier.
  private final AtomicInteger users = new AtomicInteger(1);

  private final AtomicBoolean closed = new AtomicBoolean();

  /// Guards writing of what may change; reading is free.
  private final Object changes = new Object();

  private volatile BlockMeta meta;
  private volatile Tombstones tombstones;

  private Block(Disk disk, Path directory, Arena arena) {
    this.disk = disk;
    this.directory = directory;
    this.arena = arena;
    BlockMeta read = BlockMeta.read(disk, directory);
    Path indexFile = directory.resolve(INDEX);
    index = new IndexReader(indexFile.toString(), disk.map(indexFile, arena));
    chunks = ChunkSegments.open(disk, directory.resolve(CHUNKS), arena);
    tombstones = Tombstones.read(disk, directory);
    // The two files are not changed in one step: what is deleted says the one that deletes.
    meta = read.withTombstones(tombstones.count());
    sizeBytes = disk.sizeBytes(directory);
  }

  /// Opens the block in a folder.
  ///
  /// @throws CorruptFileException if its files are not what they should be
  public static Block open(Disk disk, Path directory) {
    Arena arena = Arena.ofShared();
    boolean opened = false;
    try {
      Block block = new Block(disk, directory, arena);
      opened = true;
      return block;
    } finally {
      if (!opened) {
        arena.close();
      }
    }
  }

  public BlockMeta meta() {
    return meta;
  }

  /// The block's folder.
  public Path directory() {
    return directory;
  }

  /// What the block took on disk when it was opened.
  public long sizeBytes() {
    return sizeBytes;
  }

  /// The block's index, for statistics; valid while the block is open.
  public IndexReader index() {
    return index;
  }

  /// Whether the block has an instant in `[fromMs, toMs]`.
  public boolean overlaps(long fromMs, long toMs) {
    return meta.minMs() <= toMs && fromMs < meta.maxMs();
  }

  @Override
  public Querier querier(long minMs, long maxMs) {
    acquire();
    return new BlockQuerier(this, tombstones, minMs, maxMs);
  }

  ChunkSegments chunks() {
    return chunks;
  }

  Tombstones tombstones() {
    return tombstones;
  }

  void acquire() {
    int known = users.get();
    while (known > 0 && !closed.get()) {
      if (users.compareAndSet(known, known + 1)) {
        return;
      }
      known = users.get();
    }
    throw new StorageException("block " + meta.ulid() + " is closed");
  }

  void release() {
    if (users.decrementAndGet() == 0) {
      arena.close();
    }
  }

  /// Marks as deleted the samples with `minMs <= t <= maxMs` of the series that fulfil all
  /// matchers.
  ///
  /// @return how many series were touched
  public int delete(long minMs, long maxMs, List<Matcher> matchers) {
    synchronized (changes) {
      Map<Long, long[]> spans = new HashMap<>();
      SeriesEntry entry = index.newEntry();
      Postings found = MatcherResolver.resolve(index, matchers);
      for (long id = found.next(); id != Postings.END; id = found.next()) {
        ChunkMetas all = entry.read(id).chunks(Long.MIN_VALUE, Long.MAX_VALUE);
        if (all.size() > 0) {
          long firstMs = Math.max(minMs, all.minMs(0));
          long lastMs = Math.min(maxMs, all.maxMs(all.size() - 1));
          if (firstMs <= lastMs && entry.chunks(firstMs, lastMs).size() > 0) {
            spans.put(id, new long[] {firstMs, lastMs});
          }
        }
      }
      if (!spans.isEmpty()) {
        Tombstones more = tombstones.with(spans);
        more.write(disk, directory);
        BlockMeta marked = meta.withTombstones(more.count());
        marked.write(disk, directory);
        tombstones = more;
        meta = marked;
      }
      return spans.size();
    }
  }

  /// Replaces `meta.json`, for marks that the compactor sets.
  public void updateMeta(BlockMeta changed) {
    synchronized (changes) {
      changed.write(disk, directory);
      meta = changed;
    }
  }

  /// Lets go of the files once the last querier is closed; idempotent.
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release();
    }
  }

  @Override
  public String toString() {
    return "block " + meta.ulid();
  }
}
