package io.narthex.cli;

import static io.narthex.cli.Flag.of;
import static io.narthex.cli.FlagKind.BOOL;
import static io.narthex.cli.FlagKind.COMPRESSION;
import static io.narthex.cli.FlagKind.DURATION;
import static io.narthex.cli.FlagKind.FLOAT;
import static io.narthex.cli.FlagKind.GO_DURATION;
import static io.narthex.cli.FlagKind.INT;
import static io.narthex.cli.FlagKind.INT64;
import static io.narthex.cli.FlagKind.LOG_FORMAT;
import static io.narthex.cli.FlagKind.LOG_LEVEL;
import static io.narthex.cli.FlagKind.PROTOBUF_MESSAGES;
import static io.narthex.cli.FlagKind.SIZE;
import static io.narthex.cli.FlagKind.STRING;
import static io.narthex.cli.FlagKind.STRINGS;

import java.util.List;
import java.util.stream.Stream;

/// The flags of `narthex server`: names, kinds and defaults are those of Prometheus 3.14.
final class ServerFlagTable {

  /// What every role takes.
  static final List<Flag> LOG_FLAGS =
      List.of(
          of(
              "log.level",
              LOG_LEVEL,
              "info",
              "Log this severity and above. One of: [debug, info, warn, error]"),
          of("log.format", LOG_FORMAT, "logfmt", "Form of log lines. One of: [logfmt, json]"));

  static final List<Flag> FLAGS =
      Stream.of(process(), LOG_FLAGS, web(), tsdb(), agent(), remote(), rules(), queries())
          .flatMap(List::stream)
          .toList();

  private ServerFlagTable() {}

  private static List<Flag> process() {
    return List.of(
        of("config.file", STRING, "prometheus.yml", "The configuration file."),
        of(
            "config.auto-reload",
            BOOL,
            "false",
            "Look for changes of the configuration file and reload it when it has changed."),
        of(
            "config.auto-reload-interval",
            DURATION,
            "30s",
            "How often to look, with --config.auto-reload."),
        of("auto-gomaxprocs", BOOL, "true", "Accepted; the JVM sees CPU limits by itself."),
        of("auto-gomemlimit", BOOL, "true", "Accepted; the launcher sizes the heap."),
        of("auto-gomemlimit.ratio", FLOAT, "0.9", "Accepted; the launcher sizes the heap."),
        of(
            "auto-gomemlimit.refresh-interval",
            DURATION,
            "0s",
            "Accepted; the launcher sizes the heap."),
        of(
            "enable-feature",
            STRINGS,
            "",
            "Features to switch on, with commas between them. Can be repeated."),
        of("agent", BOOL, "false", "Run in agent mode."));
  }

  private static List<Flag> web() {
    return List.of(
        of(
            "web.listen-address",
            STRINGS,
            "0.0.0.0:9090",
            "Address of the UI, the API and the metrics. Can be repeated."),
        of(
            "web.config.file",
            STRING,
            "",
            "[EXPERIMENTAL] File that switches on TLS or authentication."),
        of(
            "web.read-timeout",
            DURATION,
            "5m",
            "How long reading a request may take, and how long a connection may be idle."),
        of("web.max-connections", INT, "512", "Connections at once over all addresses."),
        of(
            "web.max-notifications-subscribers",
            INT,
            "16",
            "Subscribers of live notifications at once; more are refused."),
        of(
                "web.external-url",
                STRING,
                "",
                "The URL by which the server is reached from outside, as behind a proxy. Links are"
                    + " made with it; its path prefixes all routes. Made of host name and port"
                    + " where absent.")
            .showing("<URL>"),
        of(
                "web.route-prefix",
                STRING,
                "",
                "Prefix of all routes. Defaults to the path of --web.external-url.")
            .showing("<path>"),
        of("web.user-assets", STRING, "", "Directory that is served below /user.")
            .showing("<path>"),
        of("web.enable-lifecycle", BOOL, "false", "Allow shutdown and reload by HTTP request."),
        of("web.enable-admin-api", BOOL, "false", "Serve the endpoints of administration."),
        of(
            "web.enable-remote-write-receiver",
            BOOL,
            "false",
            "Serve the endpoint that takes remote writes."),
        of(
                "web.remote-write-receiver.accepted-protobuf-messages",
                PROTOBUF_MESSAGES,
                "",
                "Messages of remote writes that are taken. Supported values:"
                    + " prometheus.WriteRequest, io.prometheus.write.v2.Request")
            .initially("prometheus.WriteRequest", "io.prometheus.write.v2.Request"),
        of("web.enable-otlp-receiver", BOOL, "false", "Serve the endpoint that takes OTLP writes."),
        of("web.console.templates", STRING, "consoles", "Directory of console templates."),
        of("web.console.libraries", STRING, "console_libraries", "Directory of console libraries."),
        of(
            "web.page-title",
            STRING,
            "Prometheus Time Series Collection and Processing Server",
            "Title of the pages."),
        of(
            "web.cors.origin",
            STRING,
            ".*",
            "Regular expression of the origins that CORS allows, anchored at both ends."),
        of(
                "web.search.max-limit",
                INT,
                "10000",
                "Highest limit that the search API takes; 0 for any.")
            .serverOnly());
  }

  private static List<Flag> tsdb() {
    return List.of(
        of("storage.tsdb.path", STRING, "data/", "Directory of the storage.").serverOnly(),
        of(
                "storage.tsdb.min-block-duration",
                DURATION,
                "2h",
                "Shortest span of a block. For tests.")
            .serverOnly()
            .unlisted(),
        of(
                "storage.tsdb.max-block-duration",
                DURATION,
                "",
                "Longest span of a block. For tests. (A tenth of the retention by default.)")
            .serverOnly()
            .unlisted(),
        of(
                "storage.tsdb.max-block-chunk-segment-size",
                SIZE,
                "",
                "Largest size of one file of chunks.")
            .serverOnly()
            .unlisted(),
        of("storage.tsdb.wal-segment-size", SIZE, "", "Size of one file of the WAL.")
            .serverOnly()
            .unlisted(),
        of(
                "storage.tsdb.retention.time",
                DURATION,
                "",
                "[DEPRECATED] How long samples are kept: 15d if neither this nor"
                    + " storage.tsdb.retention.size is given. Units: y, w, d, h, m, s, ms. Use"
                    + " storage.tsdb.retention.time of the configuration file instead.")
            .serverOnly(),
        of(
                "storage.tsdb.retention.size",
                SIZE,
                "",
                "[DEPRECATED] How large blocks may be in all. Units: B, KB, MB, GB, TB, PB, EB,"
                    + " powers of 1024. Use storage.tsdb.retention.size of the configuration file"
                    + " instead.")
            .serverOnly(),
        of("storage.tsdb.no-lockfile", BOOL, "false", "Make no lock file in the directory.")
            .serverOnly(),
        of(
                "storage.tsdb.allow-overlapping-compaction",
                BOOL,
                "true",
                "Compact blocks that overlap; if not, somebody else does.")
            .serverOnly()
            .unlisted(),
        of("storage.tsdb.wal-compression", BOOL, "true", "Compress the WAL.")
            .serverOnly()
            .unlisted(),
        of(
                "storage.tsdb.wal-compression-type",
                COMPRESSION,
                "snappy",
                "How the WAL is compressed: snappy or zstd.")
            .serverOnly()
            .unlisted(),
        of(
                "storage.tsdb.head-chunks-write-queue-size",
                INT,
                "0",
                "Length of the queue of chunks to be written, 0 for none. Experimental.")
            .serverOnly(),
        of("storage.tsdb.samples-per-chunk", INT, "120", "Samples that a chunk aims at.")
            .serverOnly()
            .unlisted(),
        of(
                "storage.tsdb.max-series",
                INT,
                "0",
                "Series that the head takes at most, 0 for any number: beyond it new series are"
                    + " refused, those that are there go on.")
            .serverOnly()
            .unlisted(),
        of(
                "storage.tsdb.max-series-per-job",
                INT,
                "0",
                "Series with the same job label that the head takes at most, 0 for any number:"
                    + " beyond it new series of that job are refused, those that are there go on.")
            .serverOnly()
            .unlisted(),
        of(
                "storage.tsdb.delayed-compaction.max-percent",
                INT,
                "10",
                "How far a compaction may be delayed, in percent of the head's range.")
            .serverOnly()
            .unlisted(),
        of(
                "storage.tsdb.delay-compact-file.path",
                STRING,
                "",
                "JSON file of uploaded blocks; others wait with their compaction.")
            .serverOnly(),
        of(
                "storage.tsdb.block-reload-interval",
                DURATION,
                "1m",
                "How often to look for blocks that others put there.")
            .serverOnly()
            .unlisted());
  }

  private static List<Flag> agent() {
    return List.of(
        of("storage.agent.path", STRING, "data-agent/", "Directory of the storage.").agentOnly(),
        of("storage.agent.wal-segment-size", SIZE, "", "Size of one file of the WAL.")
            .agentOnly()
            .unlisted(),
        of("storage.agent.wal-compression", BOOL, "true", "Compress the WAL.").agentOnly(),
        of(
                "storage.agent.wal-compression-type",
                COMPRESSION,
                "snappy",
                "How the WAL is compressed: snappy or zstd.")
            .agentOnly()
            .unlisted(),
        of("storage.agent.wal-truncate-frequency", DURATION, "", "How often the WAL is shortened.")
            .agentOnly()
            .unlisted(),
        of(
                "storage.agent.retention.min-time",
                DURATION,
                "5m",
                "Age from which samples may be dropped when the WAL is shortened.")
            .agentOnly(),
        of(
                "storage.agent.retention.max-time",
                DURATION,
                "4h",
                "Age from which samples are dropped when the WAL is shortened.")
            .agentOnly(),
        of(
                "storage.agent.checkpoint-from-in-memory-series",
                BOOL,
                "false",
                "Make checkpoints of the series in memory alone.")
            .agentOnly(),
        of(
                "storage.agent.checkpoint-batch-size",
                INT,
                "1000",
                "Size of one record of such a checkpoint.")
            .agentOnly(),
        of("storage.agent.no-lockfile", BOOL, "false", "Make no lock file in the directory.")
            .agentOnly());
  }

  private static List<Flag> remote() {
    return List.of(
        of(
                "storage.remote.flush-deadline",
                DURATION,
                "1m",
                "How long to wait for samples to be sent on shutdown or reload.")
            .showing("<duration>"),
        of(
                "storage.remote.read-sample-limit",
                INT,
                "5e7",
                "Samples that one remote read may return, streams apart; 0 for any number.")
            .serverOnly(),
        of(
                "storage.remote.read-concurrent-limit",
                INT,
                "10",
                "Remote reads at once; 0 for any number.")
            .serverOnly(),
        of(
                "storage.remote.read-max-bytes-in-frame",
                INT,
                "1048576",
                "Bytes of one frame of a streamed remote read.")
            .serverOnly());
  }

  private static List<Flag> rules() {
    return List.of(
        of(
                "rules.alert.for-outage-tolerance",
                DURATION,
                "1h",
                "How long an outage may be for the \"for\" state of alerts to be restored.")
            .serverOnly(),
        of(
                "rules.alert.for-grace-period",
                DURATION,
                "10m",
                "Least time between a restored \"for\" state and its alert.")
            .serverOnly(),
        of("rules.alert.resend-delay", DURATION, "1m", "Least time before an alert is sent again.")
            .serverOnly(),
        of(
                "rules.max-concurrent-evals",
                INT64,
                "4",
                "Rules that may be evaluated at once if they do not depend on each other.")
            .serverOnly(),
        of(
                "alertmanager.notification-queue-capacity",
                INT,
                "10000",
                "Alerts that may wait to be sent.")
            .serverOnly(),
        of(
                "alertmanager.notification-batch-size",
                INT,
                "256",
                "Alerts that are sent together at most.")
            .serverOnly(),
        of(
                "alertmanager.drain-notification-queue-on-shutdown",
                BOOL,
                "true",
                "Send what waits before shutting down; if not, it is dropped.")
            .serverOnly());
  }

  private static List<Flag> queries() {
    return List.of(
        of(
                "scrape.adjust-timestamps",
                BOOL,
                "true",
                "Move timestamps of scrapes to their schedule, within the tolerance.")
            .unlisted(),
        of("scrape.timestamp-tolerance", GO_DURATION, "2ms", "How far they may be moved.")
            .unlisted(),
        of(
                "scrape.discovery-reload-interval",
                DURATION,
                "5s",
                "How often at most targets are taken over from discovery.")
            .unlisted(),
        of(
                "query.lookback-delta",
                DURATION,
                "5m",
                "How far back queries and federation look for a sample.")
            .serverOnly(),
        of("query.timeout", DURATION, "2m", "How long a query may run.").serverOnly(),
        of("query.max-concurrency", INT, "20", "Queries that run at once.").serverOnly(),
        of(
                "query.max-samples",
                INT,
                "50000000",
                "Samples that one query may hold in memory; this also limits what it returns.")
            .serverOnly());
  }
}
