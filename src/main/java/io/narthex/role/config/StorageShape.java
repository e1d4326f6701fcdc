package io.narthex.role.config;

import static io.narthex.config.FieldTypes.DURATION;
import static io.narthex.config.FieldTypes.FLOAT;
import static io.narthex.config.FieldTypes.INT;
import static io.narthex.config.FieldTypes.SIZE;
import static io.narthex.config.FieldTypes.STRING;

import io.narthex.config.Section;
import io.narthex.config.SectionTypes;
import io.narthex.config.Shape;
import io.narthex.config.Sizes;
import io.narthex.metrics.MetricText;
import io.narthex.model.labels.GoQuote;
import java.util.List;

/// `storage`.
final class StorageShape {

  private static final Shape RETENTION =
      Shape.of("config.plain")
          .add("time", DURATION)
          .add("size", SIZE)
          .add("percentage", FLOAT)
          .check(StorageShape::retention)
          .build();

  private static final Shape CHUNK_ENCODING =
      Shape.of("config.ChunkEncodingConfig").add("floats", STRING).build();

  /// `outofordertimewindow` is how the reference prints the window in milliseconds.
  static final Shape TSDB =
      Shape.of("config.plain")
          .shown("outofordertimewindow", INT, 0L)
          .add("out_of_order_time_window", DURATION)
          .add("stale_series_compaction_threshold", FLOAT)
          .add("chunk_encoding", SectionTypes.always(CHUNK_ENCODING))
          .add("retention", SectionTypes.optional(RETENTION))
          .check(StorageShape::tsdb)
          .build();

  private static final Shape EXEMPLARS =
      Shape.of("config.ExemplarsConfig").add("max_exemplars", INT).build();

  static final Shape SHAPE =
      Shape.of("config.StorageConfig")
          .add("tsdb", SectionTypes.optional(TSDB))
          .add("exemplars", SectionTypes.optional(EXEMPLARS))
          .build();

  private StorageShape() {}

  private static Section retention(Section section) {
    if (section.number("size") < 0) {
      throw section.error(
          "size",
          "'storage.tsdb.retention.size' must be greater than or equal to 0, got "
              + Sizes.format(section.number("size")));
    }
    double percentage = section.decimal("percentage");
    if (percentage < 0 || percentage > 100) {
      throw section.error(
          "percentage",
          "'storage.tsdb.retention.percentage' must be in the range [0, 100], got "
              + MetricText.number(percentage));
    }
    return section;
  }

  private static Section tsdb(Section section) {
    Section encoding = section.section("chunk_encoding");
    if (encoding != null && !List.of("", "xor", "xor2").contains(encoding.string("floats"))) {
      throw encoding.error(
          "floats",
          "'storage.tsdb.chunk_encoding.floats' must be 'xor' or 'xor2', or the field must be"
              + " omitted entirely, got "
              + GoQuote.quote(encoding.string("floats")));
    }
    return section.with("outofordertimewindow", section.number("out_of_order_time_window"));
  }

  /// The section with the retention that holds where the file says none.
  static Section completed(Section storage, ConfigDefaults defaults) {
    Section tsdb = storage.section("tsdb");
    if (tsdb == null) {
      tsdb = TSDB.defaults(storage.place());
    }
    if (tsdb.section("retention") == null) {
      tsdb =
          tsdb.with(
              "retention",
              RETENTION
                  .defaults(storage.place())
                  .with("time", defaults.retentionTimeMs())
                  .with("size", defaults.retentionSizeBytes()));
    }
    return storage.with("tsdb", tsdb);
  }
}
