package io.narthex.scrape;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.sample.Metadata;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An endpoint that is scraped, or was dropped before. Its identity is its labels and its URL.
/// Thread-safe.
public final class Target {

  /// Names the socket of a target that is not reached by TCP.
  static final String UNIX_SOCKET = "__unix_socket__";

  private final Labels labels;
  private final Labels publicLabels;
  private final String url;
  private final long hash;
  private volatile Source source;
  private volatile Report report = Report.NONE;
  private volatile @Nullable MetadataStore metadata;

  /// Where a target came from.
  record Source(ScrapeConfig config, Labels own, Labels group) {}

  /// How the last scrape went.
  ///
  /// @param lastError empty if it went well or there was none
  /// @param lastScrapeMs milliseconds since the epoch, 0 if there was none
  public record Report(
      TargetHealth health, String lastError, long lastScrapeMs, double lastDurationSeconds) {

    static final Report NONE = new Report(TargetHealth.UNKNOWN, "", 0, 0);
  }

  Target(Labels labels, Source source) {
    this.labels = labels;
    this.source = source;
    this.url = TargetUrl.of(labels, source.config.params());
    this.publicLabels = withoutReserved(labels);
    this.hash = hash(labels, url);
  }

  private static Labels withoutReserved(Labels labels) {
    LabelsBuilder builder = new LabelsBuilder();
    for (int i = 0; i < labels.size(); i++) {
      if (!labels.name(i).startsWith("__")) {
        builder.add(labels.name(i), labels.value(i));
      }
    }
    return builder.build();
  }

  /// FNV-1a over labels and URL: the same in every process.
  private static long hash(Labels labels, String url) {
    long h = 0xcbf29ce484222325L;
    for (int i = 0; i < labels.size(); i++) {
      h = fnv(fnv(h, labels.name(i)), labels.value(i));
    }
    return fnv(h, url);
  }

  /// Mixes `text` and an end mark into an FNV-1a hash.
  static long fnv(long hash, String text) {
    long h = hash;
    for (byte b : text.getBytes(UTF_8)) {
      h = (h ^ b & 0xff) * 0x100000001b3L;
    }
    return (h ^ 0xff) * 0x100000001b3L;
  }

  /// The labels that its series get.
  public Labels labels() {
    return publicLabels;
  }

  /// All labels behind relabelling, those with `__` among them.
  public Labels allLabels() {
    return labels;
  }

  /// The labels before relabelling.
  public Labels discoveredLabels() {
    Source from = source;
    return TargetBuilder.discovered(from.config, from.own, from.group).build();
  }

  /// Job that the target belongs to.
  public String jobName() {
    return source.config.jobName();
  }

  /// The configuration by which the target is scraped.
  public ScrapeConfig config() {
    return source.config;
  }

  void source(Source from) {
    source = from;
  }

  Source source() {
    return source;
  }

  public String url() {
    return url;
  }

  String unixSocket() {
    return labels.get(UNIX_SOCKET);
  }

  /// Identity, the same in every process.
  public long hash() {
    return hash;
  }

  /// Milliseconds between scrapes; may differ from the job's.
  public long intervalMs() {
    return TargetBuilder.durationMs(labels.get("__scrape_interval__"));
  }

  /// Milliseconds that a scrape may take; may differ from the job's.
  public long timeoutMs() {
    return TargetBuilder.durationMs(labels.get("__scrape_timeout__"));
  }

  /// Milliseconds from `nowMs` to the next instant at which the target is due: a multiple of the
  /// interval plus a part of it that depends on the target and the server's seed alone.
  long offsetMs(long intervalMs, long seed, long nowMs) {
    long offset = Long.remainderUnsigned(hash ^ seed, intervalMs);
    return Math.floorMod(offset - nowMs, intervalMs);
  }

  /// How the last scrape went.
  public Report report() {
    return report;
  }

  void report(Report last) {
    report = last;
  }

  /// What the target says of its families.
  public Collection<MetricMetadata> metadata() {
    MetadataStore store = metadata;
    return store == null ? List.of() : store.all();
  }

  /// What the target says of one family, or null.
  public @Nullable Metadata metadata(String family) {
    MetadataStore store = metadata;
    return store == null ? null : store.get(family);
  }

  void metadata(MetadataStore store) {
    metadata = store;
  }

  @Nullable MetadataStore metadataStore() {
    return metadata;
  }

  @Override
  public String toString() {
    return url;
  }
}
