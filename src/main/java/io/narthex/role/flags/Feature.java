package io.narthex.role.flags;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Names of `--enable-feature`. Source: Prometheus 3.14 `cmd/prometheus/main.go`, its page of
/// feature flags.
public enum Feature {
  CONCURRENT_RULE_EVAL(State.INSIDE),
  CREATED_TIMESTAMP_ZERO_INGESTION(State.SERVED),
  DELAYED_COMPACTION(State.SERVED),
  EXEMPLAR_STORAGE(State.SERVED),
  EXTRA_SCRAPE_METRICS(State.SERVED),
  FAST_STARTUP(State.INSIDE),
  HISTOGRAMS_ST_ENCODING(State.SERVED),
  MEMORY_SNAPSHOT_ON_SHUTDOWN(State.SERVED),
  METADATA_WAL_RECORDS(State.SERVED),
  OLD_UI(State.UNSERVED),
  OTLP_DELTATOCUMULATIVE(State.UNSERVED),
  OTLP_NATIVE_DELTA_INGESTION(State.UNSERVED),
  PROMQL_BINOP_FILL_MODIFIERS(State.SERVED),
  PROMQL_DELAYED_NAME_REMOVAL(State.SERVED),
  PROMQL_EXPERIMENTAL_FUNCTIONS(State.SERVED),
  PROMQL_EXTENDED_RANGE_SELECTORS(State.SERVED),
  PROMQL_PER_STEP_STATS(State.SERVED),
  SEARCH_API(State.UNSERVED),
  ST_STORAGE(State.SERVED),
  ST_SYNTHESIS(State.UNSERVED),
  TYPE_AND_UNIT_LABELS(State.SERVED),
  USE_START_TIMESTAMPS(State.SERVED),
  USE_UNCACHED_IO(State.INSIDE),
  XOR2_ENCODING(State.SERVED),
  /// Now `--config.auto-reload`.
  AUTO_RELOAD_CONFIG(State.SERVED),
  NATIVE_HISTOGRAMS(State.ALWAYS_ON),
  OOO_NATIVE_HISTOGRAMS(State.ALWAYS_ON),
  PROMQL_DURATION_EXPR(State.ALWAYS_ON);

  private final State state;

  Feature(State state) {
    this.state = state;
  }

  /// The word of the command line.
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public State state() {
    return state;
  }

  /// The feature of a word, or null if there is none.
  public static @Nullable Feature find(String word) {
    for (Feature feature : values()) {
      if (feature.text().equals(word)) {
        return feature;
      }
    }
    return null;
  }

  /// What becomes of a feature that is asked for.
  public enum State {
    /// It is switched on.
    SERVED,
    /// It is on without being asked for.
    ALWAYS_ON,
    /// It changes how the reference works inside and nothing that anybody sees; here it has no
    /// effect.
    INSIDE,
    /// It changes answers or data, and nobody serves it yet: a server that was asked for it does
    /// not start.
    UNSERVED
  }
}
