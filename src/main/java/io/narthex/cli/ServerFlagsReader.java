package io.narthex.cli;

import io.narthex.cli.Flag.Mode;
import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.LabelRegex;
import io.narthex.role.flags.Feature;
import io.narthex.role.flags.ServerFlags;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// Makes the records of a server out of its flags, and checks what hangs together.
final class ServerFlagsReader {

  /// What titles of pages end with if nothing else is asked for: tabs should not say Prometheus.
  private static final String PRODUCT = "Narthex";

  /// Flags that ask for what nobody serves yet.
  private static final List<String> UNSERVED =
      List.of(
          "agent",
          "web.config.file",
          "web.user-assets",
          "web.enable-remote-write-receiver",
          "web.enable-otlp-receiver");

  /// Flags that change nothing here.
  private static final List<String> WITHOUT_EFFECT =
      List.of(
          "auto-gomaxprocs",
          "auto-gomemlimit",
          "auto-gomemlimit.ratio",
          "auto-gomemlimit.refresh-interval",
          "web.console.templates",
          "web.console.libraries",
          "web.max-notifications-subscribers",
          "web.search.max-limit",
          "storage.tsdb.head-chunks-write-queue-size");

  /// The first words of flags about rooms that a configuration cannot have yet.
  private static final List<String> WAITING = List.of("rules.", "alertmanager.", "storage.remote.");

  private static final long SECOND_MS = 1000;

  private final ParsedFlags flags;
  private final String hostName;
  private final List<String> notices = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<String> unserved = new ArrayList<>();
  private final Set<Feature> features = EnumSet.noneOf(Feature.class);

  /// @param hostName of this machine, for the external URL
  ServerFlagsReader(ParsedFlags flags, String hostName) {
    this.flags = flags;
    this.hostName = hostName;
  }

  /// @throws FlagException if the flags do not go together or nobody serves them
  ServerFlags read() {
    readFeatures();
    checkRules();
    ServerFlags.Web web = web();
    flags.given().stream()
        .filter(ServerFlagsReader::isWithoutEffect)
        .distinct()
        .forEach(name -> notices.add("--" + name + " has no effect"));
    SortedMap<String, String> shown = flags.shown();
    shown.put("web.route-prefix", web.routePrefix());
    return new ServerFlags(
        config(), web, storage(), query(), scrape(), log(), features, notices, warnings, shown);
  }

  private static boolean isWithoutEffect(String name) {
    return WITHOUT_EFFECT.contains(name) || WAITING.stream().anyMatch(name::startsWith);
  }

  private void readFeatures() {
    for (String list : flags.strings("enable-feature")) {
      for (String word : list.split(",", -1)) {
        Feature feature = Feature.find(word);
        if (feature == null) {
          warnings.add("Unknown option for --enable-feature: " + word);
        } else {
          add(feature);
        }
      }
    }
    if (features.contains(Feature.OTLP_DELTATOCUMULATIVE)
        && features.contains(Feature.OTLP_NATIVE_DELTA_INGESTION)) {
      throw FlagException.rule(
          "Error parsing feature list: cannot enable otlp-deltatocumulative and"
              + " otlp-native-delta-ingestion features at the same time",
          1);
    }
    if (!unserved.isEmpty()) {
      throw FlagException.rule(
          "not implemented yet: --enable-feature=" + String.join(",", unserved), 1);
    }
  }

  private void add(Feature feature) {
    features.add(feature);
    switch (feature.state()) {
      case SERVED -> {}
      case ALWAYS_ON -> notices.add("--enable-feature=" + feature.text() + " is always on");
      case INSIDE -> notices.add("--enable-feature=" + feature.text() + " has no effect");
      case UNSERVED -> unserved.add(feature.text());
    }
  }

  private void checkRules() {
    if (flags.number("web.search.max-limit") < 0) {
      throw FlagException.rule(
          "--web.search.max-limit must be non-negative; got "
              + flags.number("web.search.max-limit")
              + " (use 0 to disable the cap)",
          1);
    }
    boolean agent = flags.bool("agent");
    refuseMode(agent ? Mode.SERVER : Mode.AGENT, agent ? "can not" : "can only");
    double ratio = flags.decimal("auto-gomemlimit.ratio");
    if (ratio <= 0 || ratio > 1) {
      throw FlagException.rule(
          "--auto-gomemlimit.ratio must be greater than 0 and less than or equal to 1.", 1);
    }
    for (String name : UNSERVED) {
      String value = flags.string(name);
      if (flags.isGiven(name) && !value.isEmpty() && !value.equals("false")) {
        throw FlagException.rule("not implemented yet: --" + name, 1);
      }
    }
  }

  private void refuseMode(Mode mode, String verb) {
    List<String> wrong =
        ServerFlagTable.FLAGS.stream()
            .filter(flag -> flag.mode() == mode)
            .map(Flag::name)
            .collect(Collectors.toList());
    List<String> given =
        flags.given().stream().filter(wrong::contains).map(n -> GoQuote.quote("--" + n)).toList();
    if (!given.isEmpty()) {
      throw FlagException.rule(
          "The following flag(s) "
              + verb
              + " be used in agent mode: ["
              + String.join(" ", given)
              + "]",
          3);
    }
  }

  private ServerFlags.Config config() {
    return new ServerFlags.Config(
        flags.string("config.file"),
        flags.isGiven("config.file"),
        flags.bool("config.auto-reload") || features.contains(Feature.AUTO_RELOAD_CONFIG),
        Math.max(SECOND_MS, flags.durationMs("config.auto-reload-interval")));
  }

  private ServerFlags.Web web() {
    List<String> addresses = flags.strings("web.listen-address");
    URI external = ExternalUrl.of(flags.string("web.external-url"), hostName, addresses.getFirst());
    String cors = flags.string("web.cors.origin");
    try {
      LabelRegex.compile(cors);
    } catch (IllegalArgumentException e) {
      throw FlagException.rule(
          "could not compile CORS regex string " + GoQuote.quote(cors) + ": " + e.getMessage(), 2);
    }
    return new ServerFlags.Web(
        addresses,
        flags.durationMs("web.read-timeout"),
        flags.count("web.max-connections"),
        flags.count("web.max-notifications-subscribers"),
        external,
        ExternalUrl.routePrefix(flags.string("web.route-prefix"), external),
        flags.string("web.console.templates"),
        flags.string("web.console.libraries"),
        flags.given().contains("web.page-title") ? flags.string("web.page-title") : PRODUCT,
        cors,
        flags.bool("web.enable-lifecycle"),
        flags.bool("web.enable-admin-api"),
        flags.count("web.search.max-limit"));
  }

  private ServerFlags.Storage storage() {
    return new ServerFlags.Storage(
        flags.string("storage.tsdb.path"),
        flags.durationMs("storage.tsdb.min-block-duration"),
        flags.durationMs("storage.tsdb.max-block-duration"),
        flags.sizeBytes("storage.tsdb.max-block-chunk-segment-size"),
        flags.durationMs("storage.tsdb.retention.time"),
        flags.sizeBytes("storage.tsdb.retention.size"),
        !flags.bool("storage.tsdb.no-lockfile"),
        flags.bool("storage.tsdb.allow-overlapping-compaction"),
        flags.sizeBytes("storage.tsdb.wal-segment-size"),
        flags.bool("storage.tsdb.wal-compression")
            ? flags.string("storage.tsdb.wal-compression-type")
            : "",
        flags.count("storage.tsdb.head-chunks-write-queue-size"),
        flags.count("storage.tsdb.samples-per-chunk"),
        flags.count("storage.tsdb.max-series"),
        flags.count("storage.tsdb.max-series-per-job"),
        delayPercent(),
        flags.string("storage.tsdb.delay-compact-file.path"),
        blockReloadMs());
  }

  private int delayPercent() {
    int percent = flags.count("storage.tsdb.delayed-compaction.max-percent");
    if (percent > 0 && percent <= 100) {
      return percent;
    }
    if (features.contains(Feature.DELAYED_COMPACTION)) {
      warnings.add(
          "The --storage.tsdb.delayed-compaction.max-percent should have a value between 1 and 100."
              + " Using default 10");
    }
    return 10;
  }

  private long blockReloadMs() {
    long ms = flags.durationMs("storage.tsdb.block-reload-interval");
    if (ms < SECOND_MS) {
      warnings.add(
          "The option --storage.tsdb.block-reload-interval is set to a value less than 1s. Setting"
              + " it to 1s to avoid overload.");
    }
    return Math.max(ms, SECOND_MS);
  }

  private ServerFlags.Query query() {
    return new ServerFlags.Query(
        flags.durationMs("query.lookback-delta"),
        flags.durationMs("query.timeout"),
        flags.count("query.max-concurrency"),
        flags.count("query.max-samples"));
  }

  private ServerFlags.Scrape scrape() {
    long toleranceMs = GoDuration.parseMs(flags.string("scrape.timestamp-tolerance"));
    return new ServerFlags.Scrape(
        flags.bool("scrape.adjust-timestamps") ? toleranceMs : 0,
        flags.durationMs("scrape.discovery-reload-interval"));
  }

  private ServerFlags.Log log() {
    return new ServerFlags.Log(
        flags.string("log.level"), flags.string("log.format").equals("json"));
  }
}
