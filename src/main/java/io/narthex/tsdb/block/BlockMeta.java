package io.narthex.tsdb.block;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.io.disk.Disk;
import io.narthex.io.json.Json;
import io.narthex.io.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What `meta.json` says of a block.
///
/// @param minMs first instant of the block, inclusive
/// @param maxMs last instant of the block, exclusive
/// @param other members that are not ours, kept as they are
public record BlockMeta(
    Ulid ulid, long minMs, long maxMs, Stats stats, Compaction compaction, Json.Obj other) {

  static final String FILE_NAME = "meta.json";
  private static final int VERSION = 1;
  private static final List<String> OURS =
      List.of("ulid", "minTime", "maxTime", "stats", "compaction", "version");

  /// How much is in a block.
  public record Stats(
      long samples,
      long floatSamples,
      long histogramSamples,
      long series,
      long chunks,
      long tombstones) {

    /// Of an empty block.
    public static final Stats NONE = new Stats(0, 0, 0, 0, 0, 0);

    Stats withTombstones(long count) {
      return new Stats(samples, floatSamples, histogramSamples, series, chunks, count);
    }
  }

  /// Where a block comes from.
  ///
  /// @param level 1 for one that the head wrote, else more than that of every parent
  /// @param sources blocks of the head that went into it
  /// @param parents blocks that it was made of
  /// @param deletable whether it turned out to be empty
  /// @param failed whether compacting it failed once
  /// @param hints such as `from-out-of-order`
  public record Compaction(
      int level,
      List<Ulid> sources,
      List<Parent> parents,
      boolean deletable,
      boolean failed,
      List<String> hints) {

    public static final String FROM_OUT_OF_ORDER = "from-out-of-order";
    public static final String FROM_STALE_SERIES = "from-stale-series";
    public static final String FROM_SELECTED_SERIES = "from-selected-series";

    /// Hints of a block of series that have ended. It says that its samples came late, too, though
    /// they did not: servers that do not know the other hint would take the head for done up to the
    /// block's end, and would lose what the log has of all other series.
    public static final List<String> OF_STALE_SERIES =
        List.of(FROM_OUT_OF_ORDER, FROM_STALE_SERIES);

    /// Whether the block holds samples that came out of order, and nothing else.
    public boolean isLate() {
      return hints.contains(FROM_OUT_OF_ORDER) && !isPartial();
    }

    /// Whether the block holds some series of the head, which has others of the same time still.
    public boolean isPartial() {
      return hints.contains(FROM_STALE_SERIES) || hints.contains(FROM_SELECTED_SERIES);
    }

    /// Whether the head has nothing in order any more that is older than the end of the block.
    public boolean endsHead() {
      return !isLate() && !isPartial();
    }

    /// Of a block that the head writes.
    public static Compaction ofHead(Ulid ulid, List<String> hints) {
      return new Compaction(1, List.of(ulid), List.of(), false, false, hints);
    }
  }

  /// A block that another one was made of.
  public record Parent(Ulid ulid, long minMs, long maxMs) {}

  /// Reads the file in the block's folder.
  ///
  /// @throws CorruptFileException if it is not what it should be
  public static BlockMeta read(Disk disk, Path blockDirectory) {
    Path file = blockDirectory.resolve(FILE_NAME);
    String text = new String(disk.read(file), StandardCharsets.UTF_8);
    try {
      return ofJson(Json.parse(text).asObject());
    } catch (JsonException | IllegalArgumentException e) {
      throw new CorruptFileException(file.toString(), 0, String.valueOf(e.getMessage()));
    }
  }

  /// Writes the file in the block's folder, in one step.
  public void write(Disk disk, Path blockDirectory) {
    byte[] text = toJson().toIndentedText().getBytes(StandardCharsets.UTF_8);
    disk.replace(blockDirectory.resolve(FILE_NAME), text);
  }

  BlockMeta withTombstones(long count) {
    return new BlockMeta(ulid, minMs, maxMs, stats.withTombstones(count), compaction, other);
  }

  /// The same block, marked as one whose compaction failed, or as one that is empty.
  public BlockMeta withMarks(boolean deletable, boolean failed) {
    Compaction c = compaction;
    return new BlockMeta(
        ulid,
        minMs,
        maxMs,
        stats,
        new Compaction(c.level, c.sources, c.parents, deletable, failed, c.hints),
        other);
  }

  /// The content of `meta.json`.
  public String json() {
    return toJson().toIndentedText();
  }

  private static BlockMeta ofJson(Json.Obj json) {
    long version = json.getLong("version", 0);
    if (version != VERSION) {
      throw new JsonException("unexpected meta file version " + version);
    }
    Json.Obj other = new Json.Obj();
    json.members()
        .forEach((key, value) -> {
          if (!OURS.contains(key)) {
            other.put(key, value);
          }
        });
    return new BlockMeta(
        Ulid.parse(json.get("ulid").asString()),
        json.get("minTime").asLong(),
        json.get("maxTime").asLong(),
        stats(object(json, "stats")),
        compaction(object(json, "compaction")),
        other);
  }

  private static Json.Obj object(Json.Obj json, String key) {
    Json value = json.find(key);
    return value == null ? new Json.Obj() : value.asObject();
  }

  private static List<Json> array(Json.Obj json, String key) {
    Json value = json.find(key);
    return value == null ? List.of() : value.asArray();
  }

  private static boolean flag(Json.Obj json, String key) {
    Json value = json.find(key);
    return value != null && value.asBoolean();
  }

  private static Stats stats(Json.Obj json) {
    return new Stats(
        json.getLong("numSamples", 0),
        json.getLong("numFloatSamples", 0),
        json.getLong("numHistogramSamples", 0),
        json.getLong("numSeries", 0),
        json.getLong("numChunks", 0),
        json.getLong("numTombstones", 0));
  }

  private static Compaction compaction(Json.Obj json) {
    List<Ulid> sources = new ArrayList<>();
    array(json, "sources").forEach(s -> sources.add(Ulid.parse(s.asString())));
    List<Parent> parents = new ArrayList<>();
    for (Json parent : array(json, "parents")) {
      Json.Obj p = parent.asObject();
      parents.add(
          new Parent(
              Ulid.parse(p.get("ulid").asString()),
              p.get("minTime").asLong(),
              p.get("maxTime").asLong()));
    }
    return new Compaction(
        (int) json.getLong("level", 1),
        List.copyOf(sources),
        List.copyOf(parents),
        flag(json, "deletable"),
        flag(json, "failed"),
        array(json, "hints").stream().map(Json::asString).toList());
  }

  /// The document, its members in Prometheus' order; numbers that are zero are left out as there.
  Json.Obj toJson() {
    Json.Obj json =
        new Json.Obj()
            .put("ulid", ulid.toString())
            .put("minTime", minMs)
            .put("maxTime", maxMs)
            .put("stats", statsJson())
            .put("compaction", compactionJson())
            .put("version", VERSION);
    other.members().forEach(json::put);
    return json;
  }

  private Json.Obj statsJson() {
    Json.Obj json = new Json.Obj();
    putUnlessZero(json, "numSamples", stats.samples);
    putUnlessZero(json, "numFloatSamples", stats.floatSamples);
    putUnlessZero(json, "numHistogramSamples", stats.histogramSamples);
    putUnlessZero(json, "numSeries", stats.series);
    putUnlessZero(json, "numChunks", stats.chunks);
    putUnlessZero(json, "numTombstones", stats.tombstones);
    return json;
  }

  private static void putUnlessZero(Json.Obj json, String key, long value) {
    if (value != 0) {
      json.put(key, value);
    }
  }

  private Json.Obj compactionJson() {
    Json.Obj json = new Json.Obj().put("level", compaction.level);
    if (!compaction.sources.isEmpty()) {
      json.put(
          "sources", Json.Arr.ofStrings(compaction.sources.stream().map(Ulid::toString).toList()));
    }
    if (compaction.deletable) {
      json.put("deletable", true);
    }
    if (!compaction.parents.isEmpty()) {
      Json.Arr parents = new Json.Arr();
      for (Parent p : compaction.parents) {
        parents
            .items()
            .add(
                new Json.Obj()
                    .put("ulid", p.ulid.toString())
                    .put("minTime", p.minMs)
                    .put("maxTime", p.maxMs));
      }
      json.put("parents", parents);
    }
    if (compaction.failed) {
      json.put("failed", true);
    }
    if (!compaction.hints.isEmpty()) {
      json.put("hints", Json.Arr.ofStrings(compaction.hints));
    }
    return json;
  }
}
